package io.gander.bench;

import io.gander.Gander;
import io.gander.generate.ImageGenerator;
import io.gander.tensor.Scope;
import java.nio.file.Path;
import java.util.Arrays;

/** Times a run's generator in a warm process: the arguments are its directory, a batch and seconds; prints the median call, seconds. */
public final class Generation {
    private static final int WARM = 5;
    private static final int MOST = 100_000;

    private Generation() {}

    public static void main(String[] arguments) {
        int batch = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        double[] times = new double[MOST];
        int calls = 0;
        try (ImageGenerator generator = Gander.open(Path.of(arguments[0]))) {
            for (int i = 0; i < WARM; i++) {
                call(generator, i, batch);
            }
            long end = System.nanoTime() + (long) (1e9 * seconds);
            while (System.nanoTime() < end && calls < MOST) {
                long began = System.nanoTime();
                call(generator, calls, batch);
                times[calls++] = (System.nanoTime() - began) / 1e9;
            }
        }
        double[] sorted = Arrays.copyOf(times, calls);
        Arrays.sort(sorted);
        System.out.println(sorted[calls / 2]);
    }

    private static void call(ImageGenerator generator, int call, int batch) {
        try (Scope scope = Scope.open()) {
            generator.samples((long) call * batch, batch, 1);
        }
    }
}
