package io.gander.metric;

import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How two clouds lie in each other, by balls that reach to each point's k-th neighbour: precision and recall (Kynkäänniemi et al., 2019),
 * density and coverage (Naeem et al., 2020), all with k = 5 as in the latter's experiments.
 */
final class Neighbours {
    private static final int K = 5;
    private static final int ROWS = 500;

    private final int d;

    /**
     * @param d numbers of a point
     */
    Neighbours(int d) {
        this.d = d;
    }

    /** Precision, recall, density and coverage by name. */
    Map<String, Double> compare(float[] real, float[] fake) {
        double[] realRadii = radii(real);
        double[] fakeRadii = radii(fake);
        int reals = real.length / d;
        int fakes = fake.length / d;
        boolean[] realReached = new boolean[reals];
        boolean[] realHasFake = new boolean[reals];
        int[] precise = new int[1];
        long[] balls = new long[1];
        rows(fake, real, (i, distances, from) -> {
            int inside = 0;
            for (int j = 0; j < reals; j++) {
                double square = distances[from + j];
                if (square <= realRadii[j]) {
                    inside++;
                    realHasFake[j] = true;
                }
                realReached[j] |= square <= fakeRadii[i];
            }
            precise[0] += inside > 0 ? 1 : 0;
            balls[0] += inside;
        });
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("precision", (double) precise[0] / fakes);
        values.put("recall", share(realReached));
        values.put("density", (double) balls[0] / K / fakes);
        values.put("coverage", share(realHasFake));
        return values;
    }

    private static double share(boolean[] flags) {
        int set = 0;
        for (boolean flag : flags) {
            set += flag ? 1 : 0;
        }
        return (double) set / flags.length;
    }

    /** Squared distances to each point's k-th neighbour among the others. */
    private double[] radii(float[] x) {
        double[] radii = new double[x.length / d];
        rows(x, x, (i, distances, from) -> radii[i] = smallest(distances, from, radii.length, K + 1)); // itself is one
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
    private interface Row {
        void take(int point, float[] distances, int from);
    }

    /** ‖a‖² + ‖b‖² − 2ab, some rows at a time. */
    private void rows(float[] a, float[] b, Row row) {
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
