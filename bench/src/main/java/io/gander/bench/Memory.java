package io.gander.bench;

import io.gander.Gander;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import io.gander.train.Control;
import io.gander.train.Event;
import io.gander.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a training process over its steps: {@code mnist-mlp-keras} as shipped, from step 500 to step 3,000. Prints the
 * resident set every 250 steps and, last, the largest deviation from that of step 500; ends with 1 if it is above 5 %.
 *
 * <pre>
 * ./gander --help   # builds
 * OMP_WAIT_POLICY=PASSIVE java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp "app/target/gander/lib/*" \
 *     bench/src/main/java/io/gander/bench/Memory.java
 * </pre>
 *
 * The Java heap must have one size and be touched from the start, as in these options: then all that moves is native.
 * Another recipe and another number of steps may be given, such as {@code mnist-dcgan 1000}.
 */
public final class Memory {
    private static final int EVERY = 250;
    private static final int SETTLED = 500;
    private static final double ALLOWED = 0.05;

    private Memory() {}

    public static void main(String[] arguments) throws IOException {
        String name = arguments.length > 0 ? arguments[0] : "mnist-mlp-keras";
        long last = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3_000;
        Recipe recipe = Gander.recipe(name);
        Path run = Files.createTempDirectory("gander-memory").resolve("run");
        Watch watch = new Watch(last);
        Gander.train(recipe, run, watch.control, watch);
        System.out.printf("largest deviation from step %,d: %.2f %% (run: %s)%n", SETTLED, 100 * watch.deviation, run);
        System.exit(watch.deviation <= ALLOWED ? 0 : 1);
    }

    private static final class Watch implements TrainListener {
        private final long last;
        private final Control control = new Control();
        private long settled;
        private double deviation;

        Watch(long last) {
            this.last = last;
        }

        @Override
        public void on(Event event) {
            if (event instanceof Event.Stepped stepped) {
                look(stepped.progress().step());
            }
        }

        private void look(long step) {
            if (step >= last) {
                control.stop();
            }
            if (step % EVERY == 0) {
                long bytes = Engine.residentBytes();
                settled = step == SETTLED ? bytes : settled;
                double ratio = settled == 0 ? 1 : (double) bytes / settled;
                deviation = Math.max(deviation, Math.abs(ratio - 1));
                System.out.printf("step %,6d  %,7.1f MiB  × %.4f%n", step, bytes / 1048576.0, ratio);
            }
        }
    }
}
