package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.tensor.Scope;
import java.util.Arrays;

/**
 * Whether samples are copies of what was learnt from: the distance to the nearest training picture, as a share of that of pictures
 * that nobody learnt from; near 0 where they are. Medians of Euclidean distances between pixels, over the whole training set.
 *
 * @param made samples, n·d numbers
 * @param d numbers of a picture, of the sets' too
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Copies(float[] made, int d, Dataset training, Dataset test) {
    private static final int TESTED = 500;
    private static final int CHUNK = 10_000;

    double nearest() {
        Neighbours neighbours = new Neighbours(d);
        int count = Math.min(TESTED, test.count());
        float[] fresh;
        try (Scope scope = Scope.open()) {
            fresh = Examples.drawn(test, test.count() - count, count).toArray(); // not those that may be judged
        }
        double[] ofMade = new double[made.length / d];
        double[] ofFresh = new double[count];
        Arrays.fill(ofMade, Double.POSITIVE_INFINITY);
        Arrays.fill(ofFresh, Double.POSITIVE_INFINITY);
        for (int start = 0; start < training.count(); start += CHUNK) {
            float[] part;
            try (Scope scope = Scope.open()) {
                int n = Math.min(CHUNK, training.count() - start);
                part = Examples.of(training, start, n).toArray();
            }
            lower(ofMade, neighbours.nearest(made, part));
            lower(ofFresh, neighbours.nearest(fresh, part));
        }
        return Math.sqrt(median(ofMade) / median(ofFresh));
    }

    private static void lower(double[] least, double[] values) {
        for (int i = 0; i < least.length; i++) {
            least[i] = Math.min(least[i], values[i]);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
