package io.gander.evaluate;

import io.gander.generate.Weights;
import io.gander.metric.Channels;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a run is to be judged. Null leaves a thing to the run. A generator from noise is asked for {@code count}, {@code repeats} and
 * {@code classifier}, one from pictures to pictures for all the others; weights are for both.
 *
 * @param weights of the run
 * @param back the other direction of an unpaired run
 * @param data a folder or archive with other pictures than those held out of training
 * @param second the folder with the other pictures of the pairs
 * @param input a folder or archive with the small pictures, for super-resolution; null to make them of those in {@code data}
 * @param channels what is compared; null for luma in super-resolution, else all colours
 * @param crop pixels to leave out on every side; null for the scale in super-resolution, else 0
 * @param features a feature network for the LPIPS-like distance, {@code vgg19} or a safetensors file; null for the recipe's, if any
 * @param count how many samples; null for as many as the papers take
 * @param repeats how often so many samples are measured, each time others; null for once
 * @param classifier what {@code gander classifier} made; null for the recipe's, or MNIST's own
 */
public record EvaluateOptions(
        Weights weights,
        boolean back,
        @Nullable Path data,
        @Nullable Path second,
        @Nullable Path input,
        @Nullable Channels channels,
        @Nullable Integer crop,
        @Nullable String features,
        @Nullable Integer count,
        @Nullable Integer repeats,
        @Nullable Path classifier) {
    /** The newest average, on what its training did not see. */
    public static final EvaluateOptions DEFAULT =
            new EvaluateOptions(Weights.NEWEST, false, null, null, null, null, null, null, null, null, null);

    /** The same with other weights of the run. */
    public EvaluateOptions withWeights(Weights weights) {
        return new EvaluateOptions(
                weights, back, data, second, input, channels, crop, features, count, repeats, classifier);
    }

    /** The same with so many samples. */
    public EvaluateOptions withCount(int count) {
        return new EvaluateOptions(
                weights, back, data, second, input, channels, crop, features, count, repeats, classifier);
    }

    /** The same, measured so often. */
    public EvaluateOptions withRepeats(int repeats) {
        return new EvaluateOptions(
                weights, back, data, second, input, channels, crop, features, count, repeats, classifier);
    }
}
