package io.gander.evaluate;

import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Examples;
import io.gander.data.Split;
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
 * @param real real examples: of the data's test part, else held out of training, else of those that are not in the reference
 * @param reference training examples that both are compared with; 0 if with none
 * @param protocol how many the measures want for numbers that are quoted
 * @param result by what was measured, then by measure: "samples", the mean over the repeats; "deviation", their standard deviation, if
 *     there are several; "real", if there are such
 */
public record SampleEvaluation(
        int count, int real, int reference, int protocol, Map<String, Map<String, Double>> result) {
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
        Split split = Datasets.split(recipe.data(), listener, () -> false).get(0);
        Dataset data = split.training();
        Dataset named = Datasets.test(recipe.data(), listener, () -> false);
        Dataset test = named == null && split.heldOut().count() > 0 ? split.heldOut() : named;
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
            int reference = measures.reference(count);
            Dataset source = test != null ? test : data;
            int[] read = {test != null ? 0 : reference}; // what is compared with itself would be perfect
            int real = Math.min(count, source.count() - read[0]);
            if (real > 0) {
                result.put("real", measures.of(real, reference, n -> {
                    Tensor some = Examples.drawn(source, read[0], n);
                    read[0] += n;
                    return some;
                }));
            }
            return new SampleEvaluation(count, real, reference, measures.protocol(), result);
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
