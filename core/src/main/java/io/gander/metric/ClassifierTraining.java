package io.gander.metric;

import io.gander.data.Augmentation;
import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.network.Optimizer;
import io.gander.recipe.OptimizerRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Teaches a {@link Classifier}. */
public final class ClassifierTraining {
    private static final int BATCH = 128;
    private static final int CHUNK = 500;
    private static final OptimizerRecipe ADAM = new OptimizerRecipe(
            OptimizerRecipe.Algorithm.ADAM, 3e-3, 0.9, 0.999, 1e-8, 0, OptimizerRecipe.Schedule.COSINE, 0);

    private ClassifierTraining() {}

    /**
     * A classifier of a set's classes.
     *
     * @param data all of it with classes
     * @param augmentation of the pictures
     * @param epochs how often it sees each
     * @param progress told the share that is done, after each step
     */
    public static Classifier train(
            Dataset data, Augmentation augmentation, int epochs, long seed, DoubleConsumer progress) {
        int classes = data.labels().size();
        Classifier classifier = Classifier.fresh(data.channels(), augmentation.size(), classes, Draws.mix(seed, 1));
        long steps = Math.max(1, (long) epochs * data.count() / BATCH);
        try (Loader loader = new Loader(data, augmentation, BATCH, Draws.mix(seed, 2), 0, 1);
                Optimizer body = Optimizer.create(classifier.body(), ADAM);
                Optimizer head = Optimizer.create(classifier.head(), ADAM)) {
            List<Tensor> parameters = new ArrayList<>(classifier.body().parameters());
            int split = parameters.size();
            parameters.addAll(classifier.head().parameters());
            for (long step = 1; step <= steps; step++) {
                try (Scope scope = Scope.open()) {
                    Tensor pictures = loader.batch(step);
                    Tensor loss = classifier.learning(pictures).crossEntropy(loader.labels(classes));
                    List<Tensor> gradients = Tensor.gradients(loss, parameters, false);
                    double rate = ADAM.rateAt(step, steps);
                    body.step(gradients.subList(0, split), step, rate);
                    head.step(gradients.subList(split, gradients.size()), step, rate);
                }
                progress.accept((double) step / steps);
            }
        }
        classifier.requiresGrad(false);
        return classifier;
    }

    /** The share of a set's pictures whose class it names. */
    public static double accuracy(Classifier classifier, Dataset data) {
        int right = 0;
        byte[] bytes = new byte[CHUNK * data.bytes()];
        for (int start = 0; start < data.count(); start += CHUNK) {
            int count = Math.min(CHUNK, data.count() - start);
            for (int i = 0; i < count; i++) {
                data.read(start + i, bytes, i * data.bytes());
            }
            try (Scope scope = Scope.open()) {
                Predictions predictions = classifier.predict(
                        Tensor.ofPixels(bytes, 0, 1, CHUNK, data.channels(), data.side(), data.side()));
                for (int i = 0; i < count; i++) {
                    right += predictions.label(i) == data.label(start + i) ? 1 : 0;
                }
            }
        }
        return (double) right / data.count();
    }
}
