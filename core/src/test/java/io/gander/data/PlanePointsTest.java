package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.UserError;
import io.gander.recipe.DataName;
import io.gander.recipe.Recipe;
import io.gander.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanePointsTest {
    private final Path folder;

    PlanePointsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Dataset open(Recipe recipe) {
        return Datasets.open(recipe.data(), DataListener.SILENT, () -> false);
    }

    private static Dataset drawn(DataName name) {
        return open(Gander.recipe("ring-plain").with("data.name", name.key()));
    }

    private Dataset read(String csv) throws IOException {
        Path file = Files.writeString(folder.resolve("points.csv"), csv);
        return open(
                Gander.recipe("ring-plain").with("data", "{name: points, path: " + Tiny.quoted(file.toString()) + "}"));
    }

    private static float[] points(Dataset data) {
        try (Scope scope = Scope.open()) {
            return Examples.of(data, 0, data.count()).toArray();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RING", "GRID"})
    void aMixturesPointsLieAroundTheMeansOfTheirLabels(DataName name) {
        Dataset data = drawn(name);
        Mixture mixture = Objects.requireNonNull(Mixture.of(name));
        float[] xy = points(data);
        double squares = 0;
        int[] counts = new int[mixture.centres().size()];
        for (int i = 0; i < data.count(); i++) {
            squares += Math.pow(mixture.distance(data.label(i), xy[2 * i], xy[2 * i + 1]), 2);
            counts[data.label(i)]++;
        }

        assertThat(data.count()).isEqualTo(100_000);
        assertThat(Math.sqrt(squares / data.count() / 2)).isCloseTo(mixture.sigma(), within(0.01 * mixture.sigma()));
        double share = (double) data.count() / counts.length;
        for (int count : counts) {
            assertThat(count / share).isCloseTo(1, within(0.06));
        }
        assertThat(data.labels()).hasSize(counts.length);
    }

    @ParameterizedTest
    @EnumSource(names = {"SWISS_ROLL", "MOONS", "CHECKERBOARD", "PARABOLA"})
    void shapesAreOfTheSameSizeAndAlwaysTheSame(DataName name) {
        float[] xy = points(drawn(name));

        assertThat(xy).hasSize(200_000).isEqualTo(points(drawn(name)));
        for (float value : xy) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(2.1f);
        }
    }

    @Test
    void theCurveIsASquare() {
        float[] xy = points(drawn(DataName.PARABOLA));
        for (int i = 0; i < xy.length; i += 2) {
            assertThat(xy[i + 1]).isCloseTo(xy[i] * xy[i], within(1e-6f));
        }
    }

    @Test
    void theCheckerboardsOtherSquaresAreEmpty() {
        float[] xy = points(drawn(DataName.CHECKERBOARD));
        for (int i = 0; i < 2000; i += 2) {
            int column = (int) Math.floor(xy[i] + 2);
            int row = (int) Math.floor(xy[i + 1] + 2);
            assertThat((column + row) % 2).as("%s, %s", xy[i], xy[i + 1]).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5,-1.25\n2,3e-1\n", "x,y\n0.5, -1.25\n\n2;3e-1", "x\ty\r\n0.5\t-1.25\r\n2 .3\r\n"})
    void csvWithAndWithoutAHeading(String csv) throws IOException {
        assertThat(points(read(csv))).containsExactly(0.5f, -1.25f, 2f, 0.3f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2\n3\n", "1,2\n3,4,5\n", "1,2\nthree,4\n", "1,2\nNaN,4\n", "1,2\n1e99,4\n"})
    void aLineThatIsNoPointIsNamed(String csv) throws IOException {
        assertThatThrownBy(() -> read(csv))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("points.csv:2: ")
                .hasMessageEndingWith("is not a point; write two numbers, such as 0.5,-1.2.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "x,y\n"})
    void noPointAtAll(String csv) {
        assertThatThrownBy(() -> read(csv)).isInstanceOf(UserError.class).hasMessageContaining("there is no point in");
    }

    @Test
    void aFileThatIsNotThere() {
        assertThatThrownBy(() -> open(Gander.recipe("ring-plain").with("data", "{name: points, path: nowhere.csv}")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("nowhere.csv");
    }
}
