package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stops a training from outside: Ctrl-C, a full disk, a second process. */
@Timeout(600)
@Tag("slow")
class InterruptTest {
    private final Path folder;

    InterruptTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void needsPosix() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
    }

    @Test
    void controlCSavesTheVeryStepAndSaysHowToGoOn() throws IOException, InterruptedException {
        assumeFalse(interruptsAreIgnored(), "a shell started this in the background: its children ignore Ctrl-C");
        Path recipe = Tiny.recipe(folder, 1_000_000);
        Child child = Child.gander(folder, "train", recipe, "--run", "run", "--set", "train.checkpoint-every=1000000");
        Path metrics = folder.resolve("run/metrics.jsonl");
        while (!Files.exists(metrics) || Files.size(metrics) < 2000) {
            assertThat(child.process().isAlive()).isTrue();
            Thread.sleep(10);
        }
        signal(child, "INT");
        Cli end = child.end();
        assertThat(end.status()).isEqualTo(130);
        assertThat(end.err()).isEmpty();
        Matcher stopped = Pattern.compile("Stopped after (\\d+) of 1000000 steps; saved. Go on: gander resume run")
                .matcher(end.out());
        assertThat(stopped.find()).isTrue();
        int step = Integer.parseInt(stopped.group(1));
        assertThat(folder.resolve("run/checkpoints/step-%08d/state.safetensors".formatted(step)))
                .exists();
        assertThat(folder.resolve("run/report.html")).exists();

        // the cure works, and the stop left no trace in the numbers
        int steps = step + 10;
        Cli resumed = Child.gander(folder, "resume", "run", "--steps", steps).end();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("from step " + step + " of " + steps);
        Child.gander(folder, "train", recipe, "--run", "whole", "--set", "train.steps=" + steps)
                .end();
        String state = "checkpoints/step-%08d/state.safetensors".formatted(steps);
        assertThat(folder.resolve("run").resolve(state))
                .hasSameBinaryContentAs(folder.resolve("whole").resolve(state));
    }

    /** A limit on the size of files stands in for a full disk: the write of the state fails half-way. */
    @Test
    void aCheckpointThatDoesNotFitLeavesTheOneBeforeIt() throws IOException {
        Path recipe = Tiny.recipe(folder, 20);
        assertThat(Child.gander(folder, "train", recipe, "--run", "run").end().status())
                .isZero();
        List<String> words = Child.java();
        words.add(Main.class.getName());
        words.addAll(List.of("resume", "run", "--steps", "40"));
        StringBuilder line = new StringBuilder("ulimit -f 8; exec"); // blocks of 512 bytes; the state has 18 kB
        words.forEach(word -> line.append(" '").append(word).append('\''));
        Cli full = Child.start(folder, List.of("sh", "-c", line.toString())).end();
        assertThat(full.status()).isEqualTo(2);
        assertThat(full.errors()).hasSize(1);
        assertThat(full.err())
                .startsWith("gander: cannot write to run (")
                .contains("ulimit -f", "make room", "gander resume run");

        Cli resumed = Child.gander(folder, "resume", "run", "--steps", 40).end();
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("from step 20 of 40").doesNotContain("warning");
        assertThat(folder.resolve("run/checkpoints")).isDirectoryNotContaining("glob:**.new-*");
    }

    @Test
    void aFolderThatVanishesStopsTheRunWithOneLine() throws IOException, InterruptedException {
        Path recipe = Tiny.recipe(folder, 1_000_000);
        Child child = Child.gander(folder, "train", recipe, "--run", "run", "--set", "train.sample-every=1");
        Path samples = folder.resolve("run/samples");
        while (!Files.exists(samples.resolve("step-00000020.png"))) {
            assertThat(child.process().isAlive()).isTrue();
            Thread.sleep(10);
        }
        Files.move(samples, folder.resolve("run/elsewhere"));
        Cli end = child.end();
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.errors()).hasSize(1);
        assertThat(end.err()).startsWith("gander: cannot write to run (").contains("samples", "gander resume run");
    }

    @Test
    void aSecondProcessIsKeptOut() throws IOException, InterruptedException {
        Path recipe = Tiny.recipe(folder, 1_000_000);
        Child child = Child.gander(folder, "train", recipe, "--run", "run", "--json");
        while (!child.line().contains("\"checkpoint\"")) {
            assertThat(child.process().isAlive()).isTrue();
        }
        Cli second = Cli.gander("resume", folder.resolve("run"));
        child.kill();
        child.end();
        assertThat(second.status()).isEqualTo(2);
        assertThat(second.err()).contains("another process is training in " + folder.resolve("run"));
    }

    private static void signal(Child child, String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(child.process().pid()))
                .start()
                .waitFor();
    }

    /** The second bit of the mask is SIGINT's; Linux only. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        assumeTrue(Files.exists(status) || System.getProperty("os.name").startsWith("Mac"));
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
