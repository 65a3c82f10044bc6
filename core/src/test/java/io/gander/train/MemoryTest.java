package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process's memory stays flat over the steps of {@code mnist-mlp} as shipped: a tensor of a round that outlived it
 * would add up. The bench {@code io.gander.bench.Memory} goes as far as step 3,000.
 */
class MemoryTest {
    private static final long SETTLED = 300;
    private static final long LAST = 1_500;

    @Test
    void staysFlatOverManySteps(@TempDir Path folder) throws IOException, InterruptedException {
        // In a process of its own whose Java heap has one size and is touched from the start: what moves is native.
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName(),
                        folder.resolve("run").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Map<Long, Long> bytes = new TreeMap<>();
        process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" "))
                .forEach(words -> {
                    if (words[0].equals("resident")) {
                        bytes.put(Long.valueOf(words[1]), Long.valueOf(words[2]));
                    }
                });
        assertThat(process.waitFor()).isZero();
        assertThat(bytes).containsKeys(SETTLED, LAST);
        double settled = bytes.getOrDefault(SETTLED, 0L);
        assertThat(bytes.values()).as("bytes by step: %s", bytes).allSatisfy(resident -> assertThat(resident / settled)
                .isBetween(0.95, 1.05));
    }

    /** The other process: trains, and prints its resident set every 300 steps. */
    static final class Training {
        private Training() {}

        public static void main(String[] arguments) {
            Recipe recipe = Gander.recipe("mnist-mlp");
            long[] step = {0};
            TrainListener watch = new TrainListener() {
                @Override
                public void onStep(Progress progress) {
                    step[0] = progress.step();
                    if (step[0] % SETTLED == 0) {
                        System.out.println("resident " + step[0] + " " + Engine.residentBytes());
                    }
                }
            };
            Gander.train(recipe, Path.of(arguments[0]), watch, () -> step[0] >= LAST);
        }
    }
}
