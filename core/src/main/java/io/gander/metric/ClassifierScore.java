package io.gander.metric;

/**
 * The Inception score (Salimans et al., 2016) with another classifier: exp of the mean KL from p(class | picture) to p(class), from 1
 * to the number of classes.
 */
final class ClassifierScore {
    private ClassifierScore() {}

    static double of(Predictions made) {
        double[] mean = new double[made.classes()];
        double single = 0; // Σ p·ln p of the single pictures, their mean
        for (int i = 0; i < made.count(); i++) {
            double[] p = made.probabilities(i);
            for (int j = 0; j < p.length; j++) {
                mean[j] += p[j] / made.count();
                single += p[j] > 0 ? p[j] * Math.log(p[j]) / made.count() : 0;
            }
        }
        double ofMean = 0;
        for (double p : mean) {
            ofMean += p > 0 ? p * Math.log(p) : 0;
        }
        return Math.exp(single - ofMean);
    }
}
