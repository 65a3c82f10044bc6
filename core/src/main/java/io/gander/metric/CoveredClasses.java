package io.gander.metric;

/** How many of the data's classes have at least a tenth of their share in it. */
final class CoveredClasses {
    private static final double RARE = 0.1;

    private CoveredClasses() {}

    static double of(ClassSamples samples) {
        double[] found = samples.found();
        double[] expected = samples.expected();
        int covered = 0;
        for (int i = 0; i < found.length; i++) {
            boolean there = found[i] / samples.made().count()
                    >= RARE * expected[i] / samples.real().count();
            covered += there && expected[i] > 0 ? 1 : 0;
        }
        return covered;
    }
}
