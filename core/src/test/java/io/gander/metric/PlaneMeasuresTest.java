package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Examples;
import io.gander.recipe.DataName;
import io.gander.recipe.Recipe;
import io.gander.tensor.Tensor;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** PacGAN's protocol, on points whose modes are known. */
class PlaneMeasuresTest {
    private static final Offset<Double> CLOSE = within(1e-6);

    private static Map<String, Double> measure(DataName name, float... xy) {
        Recipe recipe = Gander.recipe("ring-plain").with("data.name", name.key());
        Dataset data = data(recipe);
        try (SampleMeasures measures = Objects.requireNonNull(Measuring.of(recipe, data))) {
            return measures.of(xy.length / 2, count -> Tensor.of(xy, count, 2));
        }
    }

    private static Dataset data(Recipe recipe) {
        return Datasets.open(recipe.data(), DataListener.SILENT, () -> false);
    }

    @Test
    void oneModeOfEight() {
        Map<String, Double> ring = measure(DataName.RING, 1, 0, 1.029f, 0, 1, 0.01f, 1, -0.02f);

        assertThat(ring).containsEntry("modes", 1.0).containsEntry("good", 100.0);
        assertThat(ring.get("reverse_kl")).isCloseTo(Math.log(8), CLOSE);
        assertThat(ring.get("js")).isBetween(0.4, Math.log(2));
    }

    /** Its mode is not covered, yet the divergence counts it to the nearest. */
    @Test
    void whatLiesBeyondThreeSigmaIsNotGood() {
        Map<String, Double> grid = measure(DataName.GRID, -4, -4, 4, 4.16f);

        assertThat(grid).containsEntry("modes", 1.0).containsEntry("good", 50.0);
        assertThat(grid.get("reverse_kl")).isCloseTo(Math.log(12.5), CLOSE);
    }

    @Test
    void theDataItselfIsNearlyPerfect() {
        Recipe recipe = Gander.recipe("grid-plain");
        Dataset data = data(recipe);
        try (SampleMeasures measures = Objects.requireNonNull(Measuring.of(recipe, data))) {
            assertThat(measures.kinds()).isEqualTo(25);
            Map<String, Double> real = measures.of(measures.protocol(), count -> Examples.of(data, 0, count));

            assertThat(real).containsEntry("modes", 25.0);
            assertThat(real.get("good")).as("1 − exp(−9/2)").isCloseTo(98.9, within(0.7));
            assertThat(real.get("reverse_kl")).isLessThan(0.01);
        }
    }

    @Test
    void otherPointsAreComparedByHistogram() {
        Recipe recipe = Gander.recipe("ring-plain").with("data.name", "moons");
        Dataset data = data(recipe);
        try (SampleMeasures measures = Objects.requireNonNull(Measuring.of(recipe, data))) {
            assertThat(measures.kinds()).isZero();
            assertThat(measures.of(5000, count -> Examples.of(data, 0, count)).get("js"))
                    .isLessThan(0.02);
            assertThat(measures.of(2, count -> Tensor.of(new float[] {9, 9, -9, -9}, count, 2))
                            .get("js"))
                    .as("far outside: at the border, where nothing is")
                    .isCloseTo(Math.log(2), within(0.01));
        }
    }

    @Test
    void ofPointsThatAreNotFiniteNothingIsKnown() {
        for (DataName name : new DataName[] {DataName.RING, DataName.MOONS}) {
            for (float broken : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
                Map<String, Double> values = measure(name, 1, 0, 0, broken);

                assertThat(values.keySet()).isEqualTo(measure(name, 1, 0).keySet());
                assertThat(values.values()).containsOnly(Double.NaN);
            }
        }
    }
}
