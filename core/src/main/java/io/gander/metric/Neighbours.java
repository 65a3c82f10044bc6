package io.gander.metric;

import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;

/** Distances between the points of clouds, some rows at a time. */
final class Neighbours {
    private static final int ROWS = 500;

    private final int d;

    /**
     * @param d numbers of a point
     */
    Neighbours(int d) {
        this.d = d;
    }

    /** Squared distances to each point's k-th neighbour among the others; infinite if there are fewer. */
    double[] radii(float[] x, int k) {
        double[] radii = new double[x.length / d];
        rows(x, x, (i, distances, from) -> radii[i] = smallest(distances, from, radii.length, k + 1)); // itself is one
        return radii;
    }

    /** Squared distances from each of some points to the nearest of others. */
    double[] nearest(float[] of, float[] among) {
        double[] nearest = new double[of.length / d];
        rows(of, among, (i, distances, from) -> nearest[i] = smallest(distances, from, among.length / d, 1));
        return nearest;
    }

    private static double smallest(float[] values, int from, int count, int k) {
        double[] least = new double[k];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int j = from; j < from + count; j++) {
            double value = values[j];
            if (value < least[k - 1]) {
                int place = k - 1;
                while (place > 0 && least[place - 1] > value) {
                    least[place] = least[place - 1];
                    place--;
                }
                least[place] = value;
            }
        }
        return Math.max(0, least[k - 1]); // rounding can take it below
    }

    /** What is done with one point's squared distances to all others, which begin at {@code from}. */
    interface Row {
        void take(int point, float[] distances, int from);
    }

    /** ‖a‖² + ‖b‖² − 2ab for each a, and all b. */
    void rows(float[] a, float[] b, Row row) {
        int n = a.length / d;
        int m = b.length / d;
        try (Scope all = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor others = Tensor.of(b, m, d);
            Tensor squares = others.square().sum(1).reshape(1, m);
            for (int start = 0; start < n; start += ROWS) {
                int count = Math.min(ROWS, n - start);
                try (Scope scope = Scope.open()) {
                    float[] part = Arrays.copyOfRange(a, start * d, (start + count) * d);
                    Tensor own = Tensor.of(part, count, d);
                    float[] distances = own.linear(others, null)
                            .mul(-2)
                            .add(own.square().sum(1).reshape(count, 1))
                            .add(squares)
                            .toArray();
                    for (int i = 0; i < count; i++) {
                        row.take(start + i, distances, i * m);
                    }
                }
            }
        }
    }
}
