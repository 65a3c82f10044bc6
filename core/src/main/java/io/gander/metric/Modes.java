package io.gander.metric;

import java.util.Arrays;

/** How many modes have at least one sample. */
final class Modes {
    private Modes() {}

    /**
     * A whole number.
     *
     * @param counts of the samples of each mode
     */
    static double of(double[] counts) {
        return Arrays.stream(counts).filter(count -> count > 0).count();
    }
}
