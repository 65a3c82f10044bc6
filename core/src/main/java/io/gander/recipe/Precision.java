package io.gander.recipe;

import java.util.Locale;

/**
 * In what numbers a network's products are computed: those of its convolutions and matrices, and what flows between its layers.
 * Weights, statistics, losses, penalties' sums, optimisers and averages are float32 in any case.
 */
public enum Precision {
    /** 24 binary digits. */
    FLOAT32,
    /** 8 binary digits, in the range of float32; many times faster where the processor multiplies it. */
    BFLOAT16,
    /** Whichever is faster here. */
    AUTO;

    /** As recipes write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
