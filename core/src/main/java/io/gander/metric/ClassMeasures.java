package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that a classifier knows, such as digits, beside as many real ones:
 *
 * <pre>
 * classes     how many have at least a tenth of their share in the data
 * label_kl    KL of the classes' shares from the data's
 * confidence  mean probability of the most likely class
 * score       the Inception score's analogue: exp of the mean KL from p(class | picture) to p(class)
 * fd          the Fréchet distance between features
 * precision, recall, density, coverage
 * nearest     distance to the nearest training picture, as a share of a test picture's: near 0 where pictures are copies
 * </pre>
 */
final class ClassMeasures implements SampleMeasures {
    private static final int PROTOCOL = 10_000;
    private static final int GLANCE = 2000;
    private static final int CHUNK = 500;
    private static final int COPIES = 500;
    private static final double RARE = 0.1;

    private final Classifier classifier;
    private final Dataset data;
    private final @Nullable Dataset test;
    private @Nullable Predictions real;

    /**
     * @param test pictures that nobody learnt from; null if there are none
     */
    ClassMeasures(Classifier classifier, Dataset data, @Nullable Dataset test) {
        this.classifier = classifier;
        this.data = data;
        this.test = test;
    }

    @Override
    public int kinds() {
        return classifier.classes();
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
        List<Predictions> parts = new ArrayList<>();
        boolean thorough = count >= PROTOCOL && test != null;
        float[] pixels = new float[0];
        for (int start = 0; start < count; start += CHUNK) {
            try (Scope scope = Scope.open()) {
                Tensor pictures = samples.apply(Math.min(CHUNK, count - start));
                parts.add(classifier.predict(pictures));
                if (thorough && start == 0) {
                    pixels = pictures.toArray();
                }
            }
        }
        Map<String, Double> values = compare(Predictions.of(parts), real(count > GLANCE ? PROTOCOL : GLANCE));
        if (thorough && test != null) {
            values.put("nearest", nearest(pixels, test));
        }
        return values;
    }

    private Predictions real(int most) {
        int all = Math.min(most, data.count());
        if (real == null || real.count() != all) {
            List<Predictions> parts = new ArrayList<>();
            for (int start = 0; start < all; start += CHUNK) {
                try (Scope scope = Scope.open()) {
                    parts.add(classifier.predict(Examples.spread(data, start, Math.min(CHUNK, all - start), all)));
                }
            }
            real = Predictions.of(parts);
        }
        return real;
    }

    private static Map<String, Double> compare(Predictions fake, Predictions real) {
        double[] labels = fake.labels();
        double[] expected = real.labels();
        int covered = 0;
        for (int i = 0; i < labels.length; i++) {
            boolean there = labels[i] / fake.count() >= RARE * expected[i] / real.count();
            covered += there && expected[i] > 0 ? 1 : 0;
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("classes", (double) covered);
        values.put("label_kl", Divergence.kl(labels, expected));
        certainty(fake, values);
        values.put("fd", Frechet.distance(fake.features(), real.features(), Classifier.FEATURES));
        int most = Math.min(fake.count(), real.count());
        values.putAll(new Neighbours(Classifier.FEATURES).compare(real.someFeatures(most), fake.someFeatures(most)));
        return values;
    }

    private static void certainty(Predictions fake, Map<String, Double> values) {
        double confidence = 0;
        double[] mean = new double[fake.classes()];
        double entropy = 0; // negative, of the single pictures
        for (int i = 0; i < fake.count(); i++) {
            double[] p = fake.probabilities(i);
            confidence += p[fake.label(i)] / fake.count();
            for (int j = 0; j < p.length; j++) {
                mean[j] += p[j] / fake.count();
                entropy += p[j] > 0 ? p[j] * Math.log(p[j]) / fake.count() : 0;
            }
        }
        double ofMean = 0;
        for (double p : mean) {
            ofMean += p > 0 ? p * Math.log(p) : 0;
        }
        values.put("confidence", confidence);
        values.put("score", Math.exp(entropy - ofMean));
    }

    /** In pixels, over the whole training set. */
    private double nearest(float[] pixels, Dataset others) {
        int d = Math.toIntExact(data.codec().shape().count());
        Neighbours neighbours = new Neighbours(d);
        int count = Math.min(COPIES, others.count());
        float[] fresh;
        try (Scope scope = Scope.open()) {
            fresh = Examples.spread(others, 0, count, count).toArray();
        }
        double[] ofMade = new double[pixels.length / d];
        double[] ofFresh = new double[count];
        Arrays.fill(ofMade, Double.POSITIVE_INFINITY);
        Arrays.fill(ofFresh, Double.POSITIVE_INFINITY);
        for (int start = 0; start < data.count(); start += PROTOCOL) {
            float[] part;
            try (Scope scope = Scope.open()) {
                int n = Math.min(PROTOCOL, data.count() - start);
                part = Examples.of(data, start, n).toArray();
            }
            lower(ofMade, neighbours.nearest(pixels, part));
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

    @Override
    public void close() {
        classifier.close();
    }
}
