package io.gander.metric;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.data.Loader;
import io.gander.error.UserError;
import io.gander.layer.Shape;
import io.gander.modality.ImageCodec;
import io.gander.network.Optimizer;
import io.gander.recipe.OptimizerRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Functional;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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
     * @param epochs how often it sees each
     * @param progress told the share that is done, after each step
     * @throws UserError if the data has no classes, or holds no pictures
     * @throws CancellationException if the thread is interrupted
     */
    public static Classifier train(Dataset data, int epochs, long seed, DoubleConsumer progress) {
        int classes = data.labels().size();
        if (!(data.codec() instanceof ImageCodec) || classes == 0) {
            throw new UserError("the examples of '" + data.name()
                    + "' are not pictures with classes: sort pictures into a folder for each class.");
        }
        Shape shape = data.codec().shape();
        Classifier classifier = Classifier.fresh(shape.channels(), shape.height(), classes, Draws.mix(seed, 1));
        long steps = Math.max(1, (long) epochs * data.count() / BATCH);
        try (Loader loader = new Loader(data, data.codec(), BATCH, Draws.mix(seed, 2));
                Optimizer body = Optimizer.create(classifier.body(), ADAM);
                Optimizer head = Optimizer.create(classifier.head(), ADAM)) {
            List<Tensor> parameters = new ArrayList<>(classifier.body().parameters());
            int split = parameters.size();
            parameters.addAll(classifier.head().parameters());
            for (long step = 1; step <= steps; step++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("interrupted while a classifier learnt");
                }
                try (Scope scope = Scope.open()) {
                    Tensor pictures = loader.batch(step);
                    Tensor loss = Functional.crossEntropy(classifier.learning(pictures), loader.labels(classes));
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
        for (int start = 0; start < data.count(); start += CHUNK) {
            int count = Math.min(CHUNK, data.count() - start);
            try (Scope scope = Scope.open()) {
                Predictions predictions = classifier.predict(Examples.of(data, start, count));
                for (int i = 0; i < count; i++) {
                    right += predictions.label(i) == data.label(start + i) ? 1 : 0;
                }
            }
        }
        return (double) right / data.count();
    }
}
