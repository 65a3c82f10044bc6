package io.gander.metric;

import io.gander.tensor.Covariances;

/**
 * The Fréchet distance between two sets of features, each seen as a Gaussian: ‖μ − μ′‖² + tr (Σ + Σ′ − 2 (ΣΣ′)^½) (Heusel et al., 2017,
 * equation 6). It is biased by the number of samples: compare only where that is the same.
 */
final class Frechet {
    private Frechet() {}

    /** Between the classifier's features of what was made and of what is real. */
    static double of(ClassSamples samples) {
        return distance(samples.made().features(), samples.real().features(), Classifier.FEATURES);
    }

    /**
     * The distance; NaN where a feature is not finite, and of less than two samples.
     *
     * @param a n·d numbers
     * @param b m·d numbers
     * @param d numbers of a feature
     */
    static double distance(float[] a, float[] b, int d) {
        Covariances.Moments first = Covariances.moments(a, d);
        Covariances.Moments second = Covariances.moments(b, d);
        double distance = 0;
        for (int i = 0; i < d; i++) {
            double difference = first.mean()[i] - second.mean()[i];
            distance += difference * difference + first.covariance()[i * d + i] + second.covariance()[i * d + i];
        }
        if (!Double.isFinite(distance)) { // of which no root can be found
            return Double.NaN;
        }
        return Math.max(0, distance - 2 * Covariances.traceOfRoot(first.covariance(), second.covariance(), d));
    }
}
