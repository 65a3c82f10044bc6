package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.data.Mixture;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Points of the plane, by PacGAN's protocol where the data is a mixture (Lin et al., 2018, section 4.1): a sample is good if it lies
 * within 3σ of the nearest mean; a mode is covered if it has a good sample; the divergences are those of the shares of the nearest
 * modes from equal ones. For other sets the divergence is that of two histograms.
 */
final class PlaneMeasures implements SampleMeasures {
    private static final int SAMPLES = 2500;
    private static final double GOOD = 3;

    /** Cells of the histogram in each direction; what lies outside counts to the border. */
    private static final int CELLS = 20;

    private final @Nullable Mixture mixture;
    private final float[] data;
    private double left = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double bottom = Double.POSITIVE_INFINITY;
    private double top = Double.NEGATIVE_INFINITY;

    /**
     * @param mixture what the data was drawn from; null if it is unknown or something else
     */
    PlaneMeasures(@Nullable Mixture mixture, Dataset points) {
        this.mixture = mixture;
        this.data = mixture == null ? read(points) : new float[0];
        for (int i = 0; i < data.length; i += 2) {
            left = Math.min(left, data[i]);
            right = Math.max(right, data[i]);
            bottom = Math.min(bottom, data[i + 1]);
            top = Math.max(top, data[i + 1]);
        }
    }

    private static float[] read(Dataset points) {
        try (Scope scope = Scope.open()) {
            return Examples.of(points, 0, points.count()).toArray();
        }
    }

    @Override
    public int kinds() {
        return mixture == null ? 0 : mixture.centres().size();
    }

    @Override
    public int protocol() {
        return SAMPLES;
    }

    @Override
    public int glance() {
        return SAMPLES;
    }

    @Override
    public Map<String, Double> of(int count, IntFunction<Tensor> samples) {
        try (Scope scope = Scope.open()) {
            float[] xy = samples.apply(count).toArray();
            return mixture != null ? modes(mixture, xy) : likeness(xy);
        }
    }

    private static Map<String, Double> modes(Mixture mixture, float[] xy) {
        int modes = mixture.centres().size();
        double[] nearest = new double[modes];
        boolean[] covered = new boolean[modes];
        int good = 0;
        for (int i = 0; i < xy.length; i += 2) {
            int mode = mixture.nearest(xy[i], xy[i + 1]);
            nearest[mode]++;
            if (mixture.distance(mode, xy[i], xy[i + 1]) <= GOOD * mixture.sigma()) {
                covered[mode] = true;
                good++;
            }
        }
        int found = 0;
        double[] equal = new double[modes];
        for (int i = 0; i < modes; i++) {
            found += covered[i] ? 1 : 0;
            equal[i] = 1;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("modes", (double) found);
        values.put("good", 200.0 * good / xy.length);
        values.put("reverse_kl", Divergence.kl(nearest, equal));
        values.put("js", Divergence.js(nearest, equal));
        return values;
    }

    private Map<String, Double> likeness(float[] xy) {
        return Map.of("js", Divergence.js(histogram(xy), histogram(data)));
    }

    private double[] histogram(float[] xy) {
        double[] cells = new double[CELLS * CELLS];
        for (int i = 0; i < xy.length; i += 2) {
            cells[cell(xy[i + 1], bottom, top) * CELLS + cell(xy[i], left, right)]++;
        }
        return cells;
    }

    private static int cell(double value, double from, double to) {
        double place = to > from ? (value - from) / (to - from) * CELLS : 0;
        return (int) Math.max(0, Math.min(CELLS - 1, Math.floor(place)));
    }

    @Override
    public void close() {}
}
