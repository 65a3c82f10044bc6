package io.gander.measure;

import io.gander.data.Dataset;
import io.gander.data.Mixture;
import io.gander.recipe.DataName;
import io.gander.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/** The catalogue of measures: what can be said of samples depends on the data. */
public final class Measuring {
    private Measuring() {}

    /**
     * What judges the samples of a recipe's generator; null if nothing is known of such data.
     *
     * @param data what it was trained with
     */
    public static @Nullable SampleMeasures of(Recipe recipe, Dataset data) {
        DataName name = recipe.data().name();
        if (name.points()) {
            return new PlaneMeasures(Mixture.of(name), data);
        }
        return null;
    }
}
