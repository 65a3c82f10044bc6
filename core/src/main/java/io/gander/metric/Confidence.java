package io.gander.metric;

/** The mean probability of the most likely class, 0…1. */
final class Confidence {
    private Confidence() {}

    /**
     * Over all predictions.
     *
     * @param each so many predictions belong to one sample
     */
    static double of(Predictions predictions, int each) {
        int samples = predictions.count() / each;
        double confidence = 0;
        for (int i = 0; i < predictions.count(); i++) {
            confidence += predictions.probabilities(i)[predictions.label(i)] / each / samples;
        }
        return confidence;
    }
}
