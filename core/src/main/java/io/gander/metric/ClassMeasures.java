package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Pictures that a classifier knows, such as digits, beside as many real ones. */
final class ClassMeasures implements SampleMeasures {
    private static final int PROTOCOL = 10_000;
    private static final int GLANCE = 2000;

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
    public int reference(int count) {
        return Math.min(count > GLANCE ? PROTOCOL : GLANCE, data.count());
    }

    @Override
    public Map<String, Double> of(int count, int reference, IntFunction<Tensor> samples) {
        List<Predictions> parts = new ArrayList<>();
        List<Copies> some = new ArrayList<>();
        boolean finite = Chunks.each(count, samples, pictures -> {
            parts.add(classifier.predict(pictures));
            if (some.isEmpty() && count >= PROTOCOL && test != null && comparable()) {
                some.add(new Copies(pictures.toArray(), (int) (pictures.count() / pictures.shape()[0]), data, test));
            }
        });
        if (!finite) {
            return Metric.none(Metrics.OF_CLASSES);
        }
        Predictions real = real(reference);
        Map<String, Double> values = Metric.all(Metrics.OF_CLASSES, new ClassSamples(Predictions.of(parts), real));
        some.forEach(copies -> values.putAll(Metric.all(Metrics.OF_COPIES, copies)));
        return values;
    }

    /** Whether samples are as large as the data's examples, of which a step may see a part. */
    private boolean comparable() {
        return data.codec().takenBytes() == data.codec().bytes();
    }

    private Predictions real(int all) {
        if (real == null || real.count() != all) {
            List<Predictions> parts = new ArrayList<>();
            int[] read = new int[1];
            Chunks.each(
                    all,
                    count -> {
                        read[0] += count;
                        return Examples.drawn(data, read[0] - count, count);
                    },
                    pictures -> parts.add(classifier.predict(pictures)));
            real = Predictions.of(parts);
        }
        return real;
    }

    @Override
    public void close() {
        classifier.close();
    }
}
