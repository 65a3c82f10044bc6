package io.gander.export;

import io.gander.network.Architectures;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import java.nio.file.Path;
import java.util.function.Consumer;

/** From a run directory to a file that others read. */
public final class Export {
    private Export() {}

    /**
     * Writes the generator of a run's newest whole checkpoint.
     *
     * @param average whether to take the moving average of the weights, if the run kept one
     * @return the step of the checkpoint
     */
    public static long generator(
            RunDirectory run, Format format, Path file, boolean average, Consumer<String> warnings) {
        Recipe recipe = run.recipe(new Architectures());
        Checkpoint checkpoint = run.newestCheckpoint(warnings);
        format.write(
                file,
                Architectures.generatorNetwork(recipe),
                checkpoint.generator(average),
                Metadata.of(recipe, checkpoint.step()));
        return checkpoint.step();
    }
}
