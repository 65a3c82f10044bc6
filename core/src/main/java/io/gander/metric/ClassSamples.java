package io.gander.metric;

import org.jspecify.annotations.Nullable;

/** Samples beside real pictures, both as a classifier sees them. */
final class ClassSamples implements Shares {
    private final Predictions made;
    private final Predictions real;
    private @Nullable Balls balls;

    ClassSamples(Predictions made, Predictions real) {
        this.made = made;
        this.real = real;
    }

    Predictions made() {
        return made;
    }

    Predictions real() {
        return real;
    }

    /** Samples of each class. */
    @Override
    public double[] found() {
        return made.labels();
    }

    /** Real pictures of each class. */
    @Override
    public double[] expected() {
        return real.labels();
    }

    /** How as many samples as real pictures lie in each other. */
    Balls balls() {
        if (balls == null) {
            int most = Math.min(made.count(), real.count());
            balls = Balls.of(real.someFeatures(most), made.someFeatures(most), Classifier.FEATURES);
        }
        return balls;
    }
}
