package io.gander.metric;

import java.util.Arrays;
import java.util.List;

/**
 * What a classifier makes of n pictures.
 *
 * @param features n·{@link Classifier#FEATURES} numbers
 * @param logits n·classes
 */
record Predictions(float[] features, float[] logits, int classes) {
    static Predictions of(List<Predictions> parts) {
        int classes = parts.get(0).classes;
        int count = parts.stream().mapToInt(Predictions::count).sum();
        float[] features = new float[count * Classifier.FEATURES];
        float[] logits = new float[count * classes];
        int at = 0;
        for (Predictions part : parts) {
            System.arraycopy(part.features, 0, features, at * Classifier.FEATURES, part.features.length);
            System.arraycopy(part.logits, 0, logits, at * classes, part.logits.length);
            at += part.count();
        }
        return new Predictions(features, logits, classes);
    }

    int count() {
        return logits.length / classes;
    }

    /** The most likely class of a picture. */
    int label(int picture) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (logits[picture * classes + i] > logits[picture * classes + best]) {
                best = i;
            }
        }
        return best;
    }

    /** p(class | picture). */
    double[] probabilities(int picture) {
        double[] p = new double[classes];
        double most = logits[picture * classes + label(picture)];
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            p[i] = Math.exp(logits[picture * classes + i] - most);
            sum += p[i];
        }
        for (int i = 0; i < classes; i++) {
            p[i] /= sum;
        }
        return p;
    }

    /** How many pictures there are of each class. */
    double[] labels() {
        double[] counts = new double[classes];
        for (int i = 0; i < count(); i++) {
            counts[label(i)]++;
        }
        return counts;
    }

    /** Evenly spread, so many of the pictures' features. */
    float[] someFeatures(int most) {
        int n = Math.min(most, count());
        float[] some = new float[n * Classifier.FEATURES];
        for (int i = 0; i < n; i++) {
            int from = (int) ((long) i * count() / n) * Classifier.FEATURES;
            System.arraycopy(features, from, some, i * Classifier.FEATURES, Classifier.FEATURES);
        }
        return some;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Predictions predictions
                && Arrays.equals(logits, predictions.logits)
                && Arrays.equals(features, predictions.features);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(logits);
    }

    @Override
    public String toString() {
        return count() + " pictures";
    }
}
