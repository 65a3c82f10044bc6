package io.gander.metric;

import io.gander.tensor.Covariances;

/**
 * The Fréchet distance between two sets of features, each seen as a Gaussian: ‖μ − μ′‖² + tr (Σ + Σ′ − 2 (ΣΣ′)^½) (Heusel et al., 2017,
 * equation 6). It is biased by the number of samples: compare only where that is the same.
 */
final class Frechet {
    private Frechet() {}

    /**
     * The distance.
     *
     * @param d numbers of a feature
     */
    static double distance(float[] a, float[] b, int d) {
        double[] meanA = mean(a, d);
        double[] meanB = mean(b, d);
        double[] covA = covariance(a, meanA);
        double[] covB = covariance(b, meanB);
        double distance = -2 * Covariances.traceOfRoot(covA, covB, d);
        for (int i = 0; i < d; i++) {
            double difference = meanA[i] - meanB[i];
            distance += difference * difference + covA[i * d + i] + covB[i * d + i];
        }
        return Math.max(0, distance);
    }

    private static double[] mean(float[] x, int d) {
        double[] mean = new double[d];
        int n = x.length / d;
        for (int i = 0; i < x.length; i++) {
            mean[i % d] += x[i] / (double) n;
        }
        return mean;
    }

    /** Unbiased. */
    private static double[] covariance(float[] x, double[] mean) {
        int d = mean.length;
        int n = x.length / d;
        double[] covariance = new double[d * d];
        double[] row = new double[d];
        for (int k = 0; k < n; k++) {
            for (int i = 0; i < d; i++) {
                row[i] = x[k * d + i] - mean[i];
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance[i * d + j] += row[i] * row[j];
                }
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                covariance[i * d + j] /= n - 1;
                covariance[j * d + i] = covariance[i * d + j];
            }
        }
        return covariance;
    }
}
