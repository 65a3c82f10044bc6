package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.data.Mixture;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Points of the plane: by PacGAN's protocol where the data is a mixture (Lin et al., 2018, section 4.1), else by a histogram.
 *
 * @param kinds modes; 0 if there are none
 * @param compared points of the data that samples are compared with; 0 if with none
 * @param metrics of the samples
 * @param read what metrics are computed of, from x and y of each sample
 */
record PlaneMeasures<T>(int kinds, int compared, List<Metric<T>> metrics, Function<float[], T> read)
        implements SampleMeasures {
    private static final int SAMPLES = 2500;

    /**
     * What suits a set.
     *
     * @param mixture what the data was drawn from; null if it is unknown or something else
     */
    static SampleMeasures of(@Nullable Mixture mixture, Dataset points) {
        if (mixture != null) {
            int modes = mixture.centres().size();
            return new PlaneMeasures<>(modes, 0, Metrics.OF_MIXTURES, xy -> new MixtureSamples(mixture, xy));
        }
        try (Scope scope = Scope.open()) {
            int compared = (points.count() + 1) / 2; // the others show what real points have
            Histogram real = new Histogram(Examples.drawn(points, 0, compared).toArray());
            return new PlaneMeasures<>(0, compared, Metrics.OF_POINTS, real::beside);
        }
    }

    @Override
    public int reference(int count) {
        return compared;
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
    public Map<String, Double> of(int count, int reference, IntFunction<Tensor> samples) {
        try (Scope scope = Scope.open()) {
            Tensor points = samples.apply(count);
            return points.isFinite() ? Metric.all(metrics, read.apply(points.toArray())) : Metric.none(metrics);
        }
    }

    @Override
    public void close() {}
}
