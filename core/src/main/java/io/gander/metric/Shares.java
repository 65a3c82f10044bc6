package io.gander.metric;

/** How examples are shared out among kinds, as counts or shares: what was found of each, and what is expected. */
interface Shares {
    double[] found();

    /** As many kinds in the same order; need not have the same sum. */
    double[] expected();
}
