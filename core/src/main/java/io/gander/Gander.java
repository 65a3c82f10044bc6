package io.gander;

import io.gander.error.UserError;
import io.gander.evaluate.EvaluateListener;
import io.gander.evaluate.EvaluateOptions;
import io.gander.evaluate.Evaluator;
import io.gander.evaluate.Judgement;
import io.gander.export.Export;
import io.gander.export.Format;
import io.gander.game.StandardCatalogue;
import io.gander.generate.Generator;
import io.gander.generate.ImageTranslator;
import io.gander.generate.Weights;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Control;
import io.gander.train.Outcome;
import io.gander.train.TrainListener;
import io.gander.train.Trainer;
import java.nio.file.Path;

/**
 * The library's front door: what the command line does, in a few calls.
 *
 * <pre>{@code
 * Recipe recipe = Gander.recipe("mnist-dcgan").with("train.steps", 500);
 * Outcome outcome = Gander.train(recipe, Path.of("runs/digits"));
 * try (Generator generator = Gander.open(outcome.run())) {
 *     List<BufferedImage> digits = generator.images(64, 7);
 * }
 * }</pre>
 *
 * Mistakes that a user can mend are {@link UserError}s, with a message of one line.
 */
public final class Gander {
    private Gander() {}

    /**
     * A shipped recipe by name, or one from a YAML file by path.
     *
     * @throws UserError if there is none, or if a key or value in it is wrong
     */
    public static Recipe recipe(String nameOrPath) {
        return Recipe.load(nameOrPath, StandardCatalogue.INSTANCE);
    }

    /**
     * Trains from the start, silently, in a directory that is empty or not there yet.
     *
     * @throws UserError if the recipe, the data or the directory will not do, or if the engine does not load
     * @throws io.gander.train.Diverged if a loss or a weight became NaN or infinite; the last good checkpoint stays
     */
    public static Outcome train(Recipe recipe, Path directory) {
        return train(recipe, directory, new Control());
    }

    /**
     * Trains from the start.
     *
     * <p>A thread that is interrupted stops as by {@link Control#stop}: with a checkpoint, and with its mark set again.
     *
     * @param control by which other threads, and listeners, stop or pause it, and ask for samples and checkpoints
     * @throws UserError as {@link #train(Recipe, Path)}
     * @throws io.gander.train.Diverged as {@link #train(Recipe, Path)}
     * @throws java.util.concurrent.CancellationException if it was asked to stop while data was decoded
     */
    public static Outcome train(Recipe recipe, Path directory, Control control, TrainListener... listeners) {
        return Trainer.train(recipe, directory, control, listeners);
    }

    /**
     * Goes on with a run from its newest whole checkpoint.
     *
     * @param steps how many it shall have in the end; 0 leaves the recipe's number
     * @throws UserError if there is no run, no whole checkpoint, or if the run has more steps already
     * @throws io.gander.train.Diverged as {@link #train(Recipe, Path)}
     */
    public static Outcome resume(Path directory, int steps, Control control, TrainListener... listeners) {
        RunDirectory run = RunDirectory.open(directory);
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        return Trainer.resume(run, steps > 0 ? recipe.with("train.steps", steps) : recipe, control, listeners);
    }

    /**
     * Opens a run's generator at its newest checkpoint: the moving average of its weights, if it kept one. Close it after use.
     *
     * @throws UserError if there is no run, if its newest checkpoint is damaged, if it makes pictures from pictures, or if the engine
     *     does not load
     */
    public static Generator open(Path directory) {
        return Generator.open(RunDirectory.open(directory), Weights.NEWEST);
    }

    /**
     * Opens the generator of a run that makes pictures from pictures: the moving average of its weights, if it kept one. Close
     * it after use.
     *
     * @throws UserError as {@link #open}, and if the run makes its samples from noise
     */
    public static ImageTranslator translator(Path directory) {
        return translator(directory, ImageTranslator.Options.DEFAULT);
    }

    /** Opens such a generator with options: the way back of an unpaired run, another step, another scale. */
    public static ImageTranslator translator(Path directory, ImageTranslator.Options options) {
        return ImageTranslator.open(RunDirectory.open(directory), options);
    }

    /** Judges a run's generator, silently, and keeps what was found in its directory; the default is {@link EvaluateOptions#DEFAULT}. */
    public static Judgement evaluate(Path directory, EvaluateOptions options) {
        return Evaluator.judge(RunDirectory.open(directory), options, EvaluateListener.SILENT);
    }

    /**
     * Writes the generator of a run's newest checkpoint to a file that others read; see {@link Format}. A file that is there is replaced.
     *
     * @throws UserError if there is no run, if its newest checkpoint is damaged, or if the file cannot be written
     */
    public static void export(Path directory, Format format, Path file) {
        Export.generator(RunDirectory.open(directory), format, file, true);
    }
}
