package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process's memory stays flat over the steps of {@code mnist-mlp-keras}, often measured, and of other games in small: a tensor of a
 * round that outlived it would add up. The bench {@code io.gander.bench.Memory} goes as far as step 3,000.
 */
@Tag("slow")
class MemoryTest {
    private static final long EVERY = 300;

    /** How far to go: the small pictures of the shipped recipe are quick. */
    private static long last(String game) {
        return game.equals("noise") ? 1_500 : 900;
    }

    /** From when on nothing may grow: what measuring samples from noise frees is in pieces that the allocator by then uses again. */
    private static long settled(String game) {
        return game.equals("noise") ? 900 : EVERY;
    }

    /** The shipped recipe's game, and a tiny game from pictures to pictures of either kind. */
    @ParameterizedTest
    @ValueSource(strings = {"noise", "paired", "unpaired"})
    void staysFlatOverManySteps(String game, @TempDir Path folder) throws IOException, InterruptedException {
        // In a process of its own whose Java heap has one size and is touched from the start: what moves is native.
        ProcessBuilder builder = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xms256m",
                        "-Xmx256m",
                        "-XX:+AlwaysPreTouch",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Training.class.getName(),
                        game,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // One arena whose thresholds do not adapt: with glibc's own, a run's pieces lie by chance, and memory moves by
        // tens of MB.
        builder.environment()
                .putAll(Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_MMAP_THRESHOLD_", "131072",
                        "MALLOC_TRIM_THRESHOLD_", "131072"));
        Process process = builder.start();
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
        assertThat(bytes).containsKeys(settled(game), last(game));
        double settled = bytes.getOrDefault(settled(game), 0L);
        assertThat(bytes.entrySet()).as("bytes by step: %s", bytes).allSatisfy(entry -> {
            if (entry.getKey() >= settled(game)) {
                assertThat(entry.getValue() / settled).isBetween(0.95, 1.05);
            }
        });
    }

    /** The other process: trains, and prints its resident set every 300 steps. */
    static final class Training {
        private Training() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[1]);
            Recipe recipe = recipe(arguments[0], folder);
            Control control = new Control();
            Gander.train(recipe, folder.resolve("run"), control, event -> {
                if (event instanceof Event.Stepped stepped) {
                    long step = stepped.progress().step();
                    if (step % EVERY == 0) {
                        System.out.println("resident " + step + " " + Engine.residentBytes());
                    }
                    if (step >= last(arguments[0])) {
                        control.stop();
                    }
                }
            });
        }

        private static Recipe recipe(String game, Path folder) {
            if (game.equals("noise")) {
                return Gander.recipe("mnist-mlp-keras")
                        .with("train.measure-every", 100); // before every look at the memory too
            }
            Path pictures = Tiny.pictures(folder.resolve("pictures"));
            Recipe tiny = game.equals("paired") ? Tiny.paired(pictures) : Tiny.unpaired(pictures);
            return tiny.with("train.steps", last(game) + 1)
                    .with("train.log-every", 50)
                    .with("train.sample-every", 500)
                    .with("train.checkpoint-every", 500);
        }
    }
}
