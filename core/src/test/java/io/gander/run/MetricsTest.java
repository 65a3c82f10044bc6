package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private final Path file;
    private final Metrics metrics;

    MetricsTest(@TempDir Path folder) {
        this.file = folder.resolve("metrics.jsonl");
        this.metrics = new Metrics(file);
    }

    private void appendSteps(long... steps) throws IOException {
        for (long step : steps) {
            metrics.append(step, Map.of("loss", step / 3.0));
        }
    }

    private List<Double> steps() {
        return metrics.rows().stream()
                .map(row -> row.getOrDefault("step", Double.NaN))
                .toList();
    }

    @Test
    void rowsComeBackToTheLastBit() throws IOException {
        appendSteps(1, 2);
        assertThat(metrics.rows())
                .containsExactly(Map.of("step", 1.0, "loss", 1 / 3.0), Map.of("step", 2.0, "loss", 2 / 3.0));
    }

    @Test
    void aFileThatIsNotThereHasNoRows() throws IOException {
        assertThat(metrics.rows()).isEmpty();
        metrics.truncateAfter(5);
        assertThat(file).doesNotExist();
    }

    @Test
    void numbersThatAreNotFiniteComeBackAndLeaveTheFileJson() throws IOException {
        metrics.append(1, Map.of("norm", Double.NaN, "loss", Double.POSITIVE_INFINITY));
        assertThat(metrics.rows())
                .containsExactly(Map.of("step", 1.0, "norm", Double.NaN, "loss", Double.POSITIVE_INFINITY));
        assertThat(Files.readString(file))
                .contains("\"NaN\"")
                .contains("\"Infinity\""); // quoted, as JSON has no such numbers
    }

    @Test
    void aLastLineThatWasCutShortIsHarmlessWhereverTheCutIs() throws IOException {
        appendSteps(1, 2);
        String whole = Files.readString(file);
        int second = whole.indexOf('\n') + 1;
        for (int cut = second; cut < whole.length() - 1; cut++) {
            Files.writeString(file, whole.substring(0, cut));
            assertThat(steps()).containsExactly(1.0);
            metrics.truncateAfter(1);
            appendSteps(2);
            assertThat(file).hasContent(whole);
        }
    }

    @Test
    void linesThatAreNoRowsArePassedOver() throws IOException {
        appendSteps(1);
        Files.writeString(file, "\n5\nnull\n{}\n{\"loss\": 2}\n", StandardOpenOption.APPEND);
        appendSteps(2);
        assertThat(steps()).containsExactly(1.0, 2.0);
    }

    @Test
    void truncatingDropsTheRowsAfterTheStepAndNoOthers() throws IOException {
        appendSteps(1, 2, 3, 4);
        metrics.truncateAfter(2);
        assertThat(steps()).containsExactly(1.0, 2.0);
        appendSteps(3);
        assertThat(steps()).containsExactly(1.0, 2.0, 3.0);
        metrics.truncateAfter(0);
        assertThat(metrics.rows()).isEmpty();
        assertThat(file.resolveSibling("").toFile().list()).containsExactly("metrics.jsonl");
    }
}
