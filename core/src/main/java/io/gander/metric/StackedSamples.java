package io.gander.metric;

import java.util.Arrays;

/** Stacked digits as a classifier reads them: three digits, one a channel, are a mode. */
final class StackedSamples implements Shares {
    static final int MODES = 1000;

    private final Predictions digits;
    private final double[] modes = new double[MODES];

    /**
     * @param digits three in a row for each sample
     */
    StackedSamples(Predictions digits) {
        this.digits = digits;
        for (int i = 0; i < digits.count(); i += 3) {
            modes[100 * digits.label(i) + 10 * digits.label(i + 1) + digits.label(i + 2)]++;
        }
    }

    Predictions digits() {
        return digits;
    }

    /** Samples of each mode. */
    @Override
    public double[] found() {
        return modes;
    }

    /** All alike. */
    @Override
    public double[] expected() {
        double[] equal = new double[MODES];
        Arrays.fill(equal, 1);
        return equal;
    }
}
