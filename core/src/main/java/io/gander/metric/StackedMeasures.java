package io.gander.metric;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Stacked digits: modes with at least one sample, of 1,000, and KL of their shares from equal ones (Metz et al., 2017; 26,000 samples as
 * in VEEGAN and PacGAN).
 */
final class StackedMeasures implements SampleMeasures {
    private static final int PROTOCOL = 26_000;
    private static final int GLANCE = 5000;

    private final Classifier digits;

    StackedMeasures(Classifier digits) {
        this.digits = digits;
    }

    @Override
    public int kinds() {
        return StackedSamples.MODES;
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public int glance() {
        return GLANCE;
    }

    @Override
    public Map<String, Double> of(int count, int reference, IntFunction<Tensor> samples) {
        List<Predictions> parts = new ArrayList<>();
        boolean finite = Chunks.each(count, samples, stacks -> {
            long[] shape = stacks.shape();
            parts.add(digits.predict(stacks.reshape(3 * shape[0], 1, shape[2], shape[3])));
        });
        return finite
                ? Metric.all(Metrics.OF_STACKS, new StackedSamples(Predictions.of(parts)))
                : Metric.none(Metrics.OF_STACKS);
    }

    @Override
    public void close() {
        digits.close();
    }
}
