package io.gander.metric;

import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Mixture;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.modality.ImageCodec;
import io.gander.modality.Point;
import io.gander.recipe.DataName;
import io.gander.recipe.Recipe;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which of the {@linkplain Metrics catalogue's} lists suits a set: what can be said of samples depends on the data. */
public final class Measuring {
    private Measuring() {}

    /**
     * What judges the samples of a recipe's generator; null if nothing is known of such data.
     *
     * @param data what it was trained with
     * @throws UserError if the recipe names a classifier that does not fit
     */
    public static @Nullable SampleMeasures of(Recipe recipe, Dataset data) {
        DataName name = recipe.data().name();
        if (points(data)) {
            return PlaneMeasures.of(Mixture.of(name), data);
        }
        Classifier classifier = classifier(recipe);
        if (classifier == null) {
            return null;
        }
        if (name == DataName.STACKED_MNIST) {
            return new StackedMeasures(classifier);
        }
        if (!(data.codec() instanceof ImageCodec)) {
            classifier.close();
            throw UserError.about(
                    "train.classifier",
                    "it knows pictures, and these are " + data.codec().things() + "; leave it out.");
        }
        if (classifier.channels() != data.codec().shape().channels()) {
            classifier.close();
            throw UserError.about(
                    "train.classifier",
                    "it knows pictures of " + classifier.channels()
                            + " channels, and these have "
                            + data.codec().shape().channels()
                            + "; train another with '" + ShellCommand.of("classifier") + "'.");
        }
        return new ClassMeasures(classifier, data, Datasets.test(recipe.data(), DataListener.SILENT, () -> false));
    }

    /** Whether a set holds points of the plane rather than pictures. */
    static boolean points(Dataset data) {
        return data.codec() instanceof Point;
    }

    private static @Nullable Classifier classifier(Recipe recipe) {
        String file = recipe.rules().classifier();
        if (!file.isEmpty()) {
            return Classifier.open(Path.of(file));
        }
        boolean digits = recipe.data().name() == DataName.MNIST || recipe.data().name() == DataName.STACKED_MNIST;
        return digits ? Classifier.mnist() : null;
    }
}
