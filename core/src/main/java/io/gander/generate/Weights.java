package io.gander.generate;

import io.gander.recipe.Precision;
import java.util.OptionalLong;

/**
 * Which of a run's weights to take, and in what numbers to compute with them.
 *
 * @param step the checkpoint's; empty for the newest
 * @param average whether to take the moving average of the weights, if the run kept one
 * @param precision of the network's products
 */
public record Weights(OptionalLong step, boolean average, Precision precision) {
    /** The newest average, in float32. */
    public static final Weights NEWEST = new Weights(OptionalLong.empty(), true, Precision.FLOAT32);

    /** Those of a step. */
    public Weights at(long other) {
        return new Weights(OptionalLong.of(other), average, precision);
    }

    /** Those that the last step left, instead of their average. */
    public Weights live() {
        return new Weights(step, false, precision);
    }

    /** The same in another precision. */
    public Weights in(Precision other) {
        return new Weights(step, average, other);
    }
}
