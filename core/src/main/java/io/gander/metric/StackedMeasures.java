package io.gander.metric;

import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Stacked digits: the classifier reads each channel, three digits are a mode. Modes with at least one sample, of 1,000, and KL of their
 * shares from equal ones, in nats (Metz et al., 2017; 26,000 samples as in VEEGAN and PacGAN).
 */
final class StackedMeasures implements SampleMeasures {
    private static final int PROTOCOL = 26_000;
    private static final int GLANCE = 5000;
    private static final int CHUNK = 500;
    private static final int MODES = 1000;

    private final Classifier digits;

    StackedMeasures(Classifier digits) {
        this.digits = digits;
    }

    @Override
    public int kinds() {
        return MODES;
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
    public Map<String, Double> of(int count, IntFunction<Tensor> samples) {
        double[] modes = new double[MODES];
        double confidence = 0;
        for (int start = 0; start < count; start += CHUNK) {
            try (Scope scope = Scope.open()) {
                Tensor pictures = samples.apply(Math.min(CHUNK, count - start));
                long[] shape = pictures.shape();
                Predictions predictions = digits.predict(pictures.reshape(3 * shape[0], 1, shape[2], shape[3]));
                for (int i = 0; i < predictions.count(); i += 3) {
                    modes[100 * predictions.label(i) + 10 * predictions.label(i + 1) + predictions.label(i + 2)]++;
                }
                for (int i = 0; i < predictions.count(); i++) {
                    confidence += predictions.probabilities(i)[predictions.label(i)] / 3 / count;
                }
            }
        }
        double[] equal = new double[modes.length];
        Arrays.fill(equal, 1);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("modes", (double) Arrays.stream(modes).filter(n -> n > 0).count());
        values.put("kl", Divergence.kl(modes, equal));
        values.put("confidence", confidence);
        return values;
    }

    @Override
    public void close() {
        digits.close();
    }
}
