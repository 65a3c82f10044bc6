package io.gander.metric;

import io.gander.data.Mixture;
import java.util.Arrays;

/** Points of the plane by the modes of a mixture. A point belongs to the nearest mean; it is good if that is at most 3σ away. */
final class MixtureSamples implements Shares {
    private static final double GOOD = 3;

    private final double[] nearest;
    private final double[] good;
    private final int count;

    /**
     * @param xy x and y of each point
     */
    MixtureSamples(Mixture mixture, float[] xy) {
        this.nearest = new double[mixture.centres().size()];
        this.good = new double[nearest.length];
        this.count = xy.length / 2;
        for (int i = 0; i < xy.length; i += 2) {
            int mode = mixture.nearest(xy[i], xy[i + 1]);
            nearest[mode]++;
            good[mode] += mixture.distance(mode, xy[i], xy[i + 1]) <= GOOD * mixture.sigma() ? 1 : 0;
        }
    }

    int count() {
        return count;
    }

    /** Good points of each mode. */
    double[] good() {
        return good;
    }

    /** All points of each mode. */
    @Override
    public double[] found() {
        return nearest;
    }

    /** All alike. */
    @Override
    public double[] expected() {
        double[] equal = new double[nearest.length];
        Arrays.fill(equal, 1);
        return equal;
    }
}
