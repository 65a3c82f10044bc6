package io.gander.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.OwnFiles;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** From a run directory to a file that others read. */
public final class Export {
    private Export() {}

    /**
     * Writes the generator of a run's newest checkpoint.
     *
     * @param average whether to take the moving average of the weights, if the run kept one
     * @return the step of the checkpoint
     */
    public static long generator(RunDirectory run, Format format, Path file, boolean average) {
        return generator(run, format, file, false, average);
    }

    /**
     * The same of either generator of an unpaired run.
     *
     * @param back the one from the second set to the first
     * @throws io.gander.error.UserError if it is asked for and the run learnt one direction only
     */
    public static long generator(RunDirectory run, Format format, Path file, boolean back, boolean average) {
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        OwnFiles.spare(run, recipe, file);
        format.requireEnding(file);
        GameOptions game = GameOptions.of(recipe);
        String generator = game.generator(back, run.path());
        Checkpoint checkpoint = run.newestCheckpoint();
        Network network = game.generator(recipe, run.classes().size());
        int multiple = recipe.generator() instanceof TranslatorArchitecture translator
                ? translator.multiple(network.input())
                : 0;
        Map<String, String> metadata = Metadata.of(recipe, checkpoint.step());
        metadata.put(Metadata.WEIGHTS, average && recipe.train().ema() > 0 ? "average" : "newest");
        if (!run.classes().isEmpty()) {
            metadata.put(
                    Metadata.CLASSES,
                    new ObjectMapper().valueToTree(run.classes()).toString());
        }
        if (game.generators().size() > 1) {
            metadata.put(Metadata.DIRECTION, back ? "b-to-a" : "a-to-b");
        }
        format.write(file, network, multiple, checkpoint.generator(generator, average), metadata);
        return checkpoint.step();
    }

    static void whole(Path file, WholeFile.Body body) {
        try {
            WholeFile.write(file, body);
        } catch (IOException e) {
            throw Faults.cannotWrite(file, e, "or choose another file");
        }
    }
}
