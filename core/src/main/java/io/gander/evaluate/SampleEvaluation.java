package io.gander.evaluate;

import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Examples;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.generate.Generator;
import io.gander.metric.Measuring;
import io.gander.metric.SampleMeasures;
import io.gander.recipe.Recipe;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Measures the samples of a generator from noise, and by the same measures real examples, to show what could be reached at best.
 *
 * @param count samples of one measurement
 * @param protocol how many the measures want for numbers that are quoted
 * @param result by what was measured, then by measure: "samples", the mean over the repeats; "deviation", their standard deviation, if
 *     there are several; "real"
 */
public record SampleEvaluation(int count, int protocol, Map<String, Map<String, Double>> result) {
    /**
     * Measures.
     *
     * @param recipe the run's, perhaps with another {@code train.classifier}
     * @param asked how many samples; null for as many as the measures' protocol has
     * @param repeats how often so many are measured, each time others
     * @throws UserError if nothing is known of such data, or if samples are NaN or infinite
     */
    public static SampleEvaluation of(
            Recipe recipe,
            Generator generator,
            @Nullable Integer asked,
            int repeats,
            long seed,
            DataListener listener) {
        Dataset data =
                Datasets.split(recipe.data(), listener, () -> false).get(0).training();
        Dataset test = Datasets.test(recipe.data(), listener, () -> false);
        try (SampleMeasures measures = Measuring.of(recipe, data)) {
            if (measures == null) {
                throw new UserError("there is no measure for samples of '" + data.name()
                        + "': name a classifier of its classes with --classifier,"
                        + " which '" + ShellCommand.of("classifier") + "' makes.");
            }
            int count = asked != null ? asked : measures.protocol();
            long[] made = new long[1];
            Map<String, Map<String, Double>> result = new LinkedHashMap<>();
            Spread spread = new Spread();
            for (int i = 0; i < repeats; i++) {
                spread.add(measures.of(count, n -> {
                    Tensor samples = finite(generator.samples(made[0], n, seed), generator);
                    made[0] += n;
                    return samples;
                }));
            }
            result.put("samples", spread.mean());
            if (repeats > 1) {
                result.put("deviation", spread.deviation());
            }
            Dataset real = test != null ? test : data;
            int[] read = new int[1];
            result.put("real", measures.of(Math.min(count, real.count()), n -> {
                Tensor some = Examples.of(real, read[0], n);
                read[0] += n;
                return some;
            }));
            return new SampleEvaluation(count, measures.protocol(), result);
        }
    }

    private static Tensor finite(Tensor samples, Generator generator) {
        if (!samples.isFinite()) {
            throw new UserError("the generator of step " + generator.step() + " makes NaN or infinite numbers:"
                    + " its training went wrong; measure an earlier checkpoint with --step.");
        }
        return samples;
    }
}
