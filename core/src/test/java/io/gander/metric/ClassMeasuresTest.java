package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Examples;
import io.gander.error.Complaint;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** MNIST's classifier and what is measured with it, on real digits. */
@Tag("slow")
class ClassMeasuresTest {
    private static final DataRecipe MNIST = Gander.recipe("mnist-dcgan").data();

    private static Dataset training() {
        return Datasets.open(MNIST, DataListener.SILENT, () -> false);
    }

    private static Dataset test() {
        return Objects.requireNonNull(Datasets.test(MNIST, DataListener.SILENT, () -> false));
    }

    private static Map<String, Double> measure(String recipe, int count, IntFunction<Tensor> samples) {
        Recipe loaded = Gander.recipe(recipe);
        Dataset data = Datasets.open(loaded.data(), DataListener.SILENT, () -> false);
        try (SampleMeasures measures = Objects.requireNonNull(Measuring.of(loaded, data))) {
            return measures.of(count, samples);
        }
    }

    /** Hands out a data set's examples from an index on. */
    private static IntFunction<Tensor> from(Dataset data, int start) {
        int[] next = {start};
        return count -> {
            next[0] += count;
            return Examples.of(data, next[0] - count, count);
        };
    }

    @Test
    void theClassifierInTheJarKnowsDigitsThatItNeverSaw() {
        try (Classifier digits = Objects.requireNonNull(Classifier.mnist())) {
            assertThat(ClassifierTraining.accuracy(digits, test())).isGreaterThan(0.992);
        }
    }

    @Test
    void testDigitsAreNearlyPerfectSamples() {
        Map<String, Double> real = measure("mnist-dcgan", 2000, from(test(), 0));

        assertThat(real).containsEntry("classes", 10.0);
        assertThat(real.get("label_kl")).isLessThan(0.02);
        assertThat(real.get("confidence")).isGreaterThan(0.97);
        assertThat(real.get("score")).isBetween(9.0, 10.0);
        assertThat(real.get("precision")).isGreaterThan(0.9);
        assertThat(real.get("recall")).isGreaterThan(0.9);
        assertThat(real.get("density")).isCloseTo(1, within(0.15));
        assertThat(real.get("coverage")).isGreaterThan(0.9);
        assertThat(real).doesNotContainKey("nearest");
    }

    @Test
    void copiesOfOneDigitAreFoundOut() {
        Map<String, Double> real = measure("mnist-dcgan", 2000, from(test(), 0));
        Map<String, Double> copies = measure("mnist-dcgan", 2000, count -> {
            Tensor one = Examples.of(training(), 0, 1);
            return Tensor.zeros(count, 1, 28, 28).add(one);
        });

        assertThat(copies).containsEntry("classes", 1.0);
        assertThat(copies.get("label_kl")).isGreaterThan(2);
        assertThat(copies.get("score")).isCloseTo(1, within(1e-3));
        assertThat(copies.get("recall")).isLessThan(0.01);
        assertThat(copies.get("fd")).isGreaterThan(20 * real.getOrDefault("fd", Double.NaN));
    }

    /** Against every training picture, by as many as are quoted. */
    @Test
    void whatWasLearntByHeartIsFoundOut() {
        Dataset data = training();
        Map<String, Double> copies = measure("mnist-dcgan", 10_000, from(data, 30_000));
        Map<String, Double> fresh = measure("mnist-dcgan", 10_000, from(test(), 0));

        assertThat(copies.get("nearest")).isLessThan(0.05);
        assertThat(fresh.get("nearest")).isCloseTo(1, within(0.1));
    }

    /** So many samples of 1,000 equally likely modes miss 1,000·(1 − 1/1,000)ⁿ of them: 6.7 for n = 5,000. */
    @Test
    void stackedDigitsHaveAThousandModes() {
        Dataset stacked = Datasets.open(Gander.recipe("stacked-mnist").data(), DataListener.SILENT, () -> false);
        Map<String, Double> real = measure("stacked-mnist", 5000, from(stacked, 0));

        assertThat(real.get("modes")).isBetween(980.0, 1000.0);
        assertThat(real.get("kl")).isBetween(0.05, 0.15);

        Map<String, Double> few = measure("stacked-mnist", 1000, count -> {
            Tensor one = Examples.of(stacked, 0, 1);
            return Tensor.zeros(count, 3, 28, 28).add(one);
        });
        assertThat(few).containsEntry("modes", 1.0);
        assertThat(few.get("kl")).isCloseTo(Math.log(1000), within(1e-6));
    }

    @Test
    void ofPicturesThatAreNotFiniteNothingIsKnown() {
        for (String recipe : List.of("mnist-dcgan", "stacked-mnist")) {
            int channels = recipe.equals("mnist-dcgan") ? 1 : 3;
            int[] made = new int[1];
            Map<String, Double> values = measure(recipe, 600, count -> {
                Tensor pictures = Tensor.zeros(count, channels, 28, 28);
                return made[0]++ == 0 ? pictures : pictures.fill(Double.NaN); // the second chunk
            });

            assertThat(values).hasSizeGreaterThan(2);
            assertThat(values.values()).containsOnly(Double.NaN);
        }
    }

    /** No covariance, and no neighbour to reach to. */
    @Test
    void aSingleSampleHasNoDistance() {
        Map<String, Double> one = measure("mnist-dcgan", 1, from(test(), 0));

        assertThat(one).containsEntry("classes", 1.0).containsEntry("fd", Double.NaN);
    }

    @Test
    void pointsHaveNoClassesToLearn() {
        DataRecipe ring = Gander.recipe("ring-plain").with("data.name", "moons").data();
        Dataset points = Datasets.open(ring, DataListener.SILENT, () -> false);

        Complaint.of(() -> ClassifierTraining.train(points, 1, 1, share -> {}))
                .contains("'moons' are not pictures with classes");
    }
}
