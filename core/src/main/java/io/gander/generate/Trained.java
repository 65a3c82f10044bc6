package io.gander.generate;

import io.gander.game.StandardCatalogue;
import io.gander.modality.Codec;
import io.gander.modality.Modalities;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a run holds of a trained game.
 *
 * @param codec in the natural range
 * @param classes the names of the classes that the game was played with; empty for none
 */
public record Trained(RunDirectory run, Recipe recipe, Codec codec, List<String> classes, Checkpoint checkpoint) {
    /**
     * Opens a checkpoint of a run.
     *
     * @param at the checkpoint's step; empty for the newest
     */
    public static Trained open(RunDirectory run, OptionalLong at) {
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        Checkpoint checkpoint = at.isPresent() ? run.checkpointAt(at.getAsLong()) : run.newestCheckpoint();
        return new Trained(run, recipe, Modalities.of(recipe.data()).restore(run.codec()), run.classes(), checkpoint);
    }
}
