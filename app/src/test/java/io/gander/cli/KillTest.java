package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of a training costs nothing but the steps since the last checkpoint. */
@Tag("slow")
@Timeout(600)
class KillTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int KILLS = 12;
    /** A session is killed at most so many steps after its first sign of life. */
    private static final int FARTHEST = 40;

    /** Far more than the sessions can play, though each runs ahead of what this process has read of it. */
    private static final int STEPS = 1500;

    private final Path folder;

    KillTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aRunThatIsKilledAgainAndAgainEndsInTheSameBits() throws IOException, InterruptedException {
        Path recipe = Tiny.recipe(folder, STEPS);
        // about a thousand steps a second, and a state of a megabyte, so that many kills hit a half-written one
        Files.writeString(
                recipe, Files.readString(recipe).replace("[8]", "[256]").replace("batch: 8", "batch: 64"));
        assertThat(Child.gander(folder, "train", recipe, "--run", "whole").end().status())
                .isZero();

        Random random = new Random(20);
        kill(Child.gander(folder, "train", recipe, "--run", "killed", "--json"), random);
        for (int i = 1; i < KILLS; i++) {
            // every second time most of the time goes into writing checkpoints
            int every = i % 2 == 0 ? 20 : 1;
            kill(
                    Child.gander(folder, "resume", "killed", "--json", "--set", "train.checkpoint-every=" + every),
                    random);
        }
        Cli last = Child.gander(folder, "resume", "killed", "--set", "train.checkpoint-every=20")
                .end();
        assertThat(last.status()).isZero();
        assertThat(last.err()).isEmpty();
        assertThat(last.out()).doesNotContain("warning").contains("Done: " + STEPS);

        Path whole = folder.resolve("whole");
        Path killed = folder.resolve("killed");
        String end = "checkpoints/step-%08d/state.safetensors".formatted(STEPS);
        assertThat(killed.resolve(end)).hasSameBinaryContentAs(whole.resolve(end));
        assertThat(rows(killed)).isEqualTo(rows(whole)).hasSize(STEPS / 5);
        assertThat(files(killed)).containsExactlyElementsOf(files(whole)); // no halves, no temporary files
        for (Path sample : files(whole)) {
            if (sample.toString().endsWith(".png")) {
                assertThat(killed.resolve(sample)).hasSameBinaryContentAs(whole.resolve(sample));
            }
        }
    }

    /** Lets a session play some steps, waits a little, so as to hit anything between two of them, and kills it. */
    private static void kill(Child child, Random random) throws IOException, InterruptedException {
        int steps = 5 + random.nextInt(FARTHEST - 5);
        long from = -1;
        long at = -1;
        while (at < from + steps) {
            String line = child.line();
            if (line.isEmpty()) {
                throw new AssertionError("a session ended by itself: " + child.end());
            }
            JsonNode event = JSON.readTree(line);
            at = Math.max(at, event.path("step").asLong());
            from = from < 0 ? at : from;
        }
        Thread.sleep(0, random.nextInt(1_000_000));
        child.kill();
        assertThat(child.end().status()).isEqualTo(128 + 9);
    }

    /** The lines of metrics.jsonl but for times and speeds. */
    private static List<JsonNode> rows(Path run) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
            ObjectNode row = (ObjectNode) JSON.readTree(line);
            rows.add(row.remove(List.of("seconds", "examples_per_second")));
        }
        return rows;
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.map(run::relativize).sorted().toList();
        }
    }
}
