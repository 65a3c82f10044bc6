package io.gander.generate;

import io.gander.architecture.Architectures;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.data.Degradation;
import io.gander.data.DegradeRecipe;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.image.Bitmap;
import io.gander.image.BitmapSink;
import io.gander.image.Recoloured;
import io.gander.image.Resize;
import io.gander.image.RowSink;
import io.gander.modality.Image;
import io.gander.network.Model;
import io.gander.recipe.Recipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import io.gander.tensor.Engine;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A trained generator from pictures to pictures, ready for pictures of any size and ratio. The same picture and seed give the
 * same result, on any number of threads at once. Owns native memory until closed: {@link #close} waits for those at work, and
 * whoever asks later meets an {@link IllegalStateException}.
 */
public final class ImageTranslator implements AutoCloseable {
    /** A picture is enlarged at most so many times before it is translated; beyond, there is nothing to see in it. */
    private static final int LARGEST_GAIN = 4;

    /** At which size the network sees a picture. */
    public enum Scale {
        /**
         * As in training. Where whole pictures were made small (to {@code data.size}), so is this one, by its shorter side,
         * and the result is enlarged again; where tiles were cut from them, or made larger, it stays as it is.
         */
        TRAINED,
        /** As in training, but a result that is smaller than the picture stays so. */
        SMALL,
        /** As it is, whatever training did. */
        NATIVE
    }

    /**
     * What to open, and what to do with it.
     *
     * @param weights of the run
     * @param back from the second set to the first, of an unpaired run
     * @param degrade whether pictures are first made as bad as in training: for trying out on good ones
     * @param seed of the noise of degradations and of dropout in use
     */
    public record Options(Weights weights, boolean back, Scale scale, boolean degrade, long seed) {
        public static final Options DEFAULT = new Options(Weights.NEWEST, false, Scale.TRAINED, false, 1);
    }

    /** Hears how far a picture is; may throw to stop. */
    @FunctionalInterface
    public interface Progress {
        Progress SILENT = (done, of) -> {};

        void tiles(int done, int of);
    }

    /** Width and height, pixels. */
    public record Size(int width, int height) {}

    private final Recipe recipe;
    private final Options options;
    private final DegradeRecipe degrade;
    private final TranslatorArchitecture architecture;
    private final Model model;
    private final Tiler tiler;
    private final long step;
    private final Usage usage = new Usage("translator");

    private ImageTranslator(Recipe recipe, Options options, Model model, long step) {
        this.recipe = recipe;
        this.options = options;
        this.degrade = GameOptions.of(recipe).degrade();
        this.architecture = Architectures.translator(recipe);
        this.model = model;
        this.tiler = new Tiler(architecture, model);
        this.step = step;
    }

    /**
     * Opens the generator of a run.
     *
     * @throws UserError if the run is of another kind, or has no such checkpoint
     */
    public static ImageTranslator open(RunDirectory run, Options options) {
        Engine.load();
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        GameOptions game = GameOptions.of(recipe);
        if (!game.translates()) {
            throw new UserError(run.path() + " makes pictures from noise, not from pictures; use: "
                    + ShellCommand.of("generate", run.path()));
        }
        String generator = game.generator(options.back(), run.path());
        if (options.degrade()
                && !game.degrade().any()
                && Architectures.translator(recipe).scale() == 1) {
            throw new UserError("--degrade: the recipe of " + run.path() + " degrades nothing; leave it out.");
        }
        Weights weights = options.weights();
        Checkpoint checkpoint =
                weights.step().isPresent() ? run.checkpointAt(weights.step().getAsLong()) : run.newestCheckpoint();
        Model model = Model.create(game.generator(recipe, 0), 0, Bfloat16.resolve(weights.precision()));
        try {
            model.requiresGrad(false);
            model.load(checkpoint.generator(generator, weights.average()));
            return new ImageTranslator(recipe, options, model, checkpoint.step());
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** The recipe that it was trained with. */
    public Recipe recipe() {
        return recipe;
    }

    /** Of its pictures: 1 (grey) or 3 (RGB). */
    public int channels() {
        return Image.of(recipe.data()).channels();
    }

    /** What it was opened with. */
    public Options options() {
        return options;
    }

    /** The rounds that it was trained for. */
    public long step() {
        return step;
    }

    /** The size of what becomes of a picture. */
    public Size size(int width, int height) {
        Size seen = seen(width, height);
        boolean sizeOfThePicture = resizes() && (options.scale() == Scale.TRAINED || seen.width > width);
        int scale = architecture.scale();
        if (sizeOfThePicture) {
            return new Size(width, height);
        }
        return options.degrade() ? whole(seen) : new Size(seen.width * scale, seen.height * scale);
    }

    /** Translates a picture of Java's; transparent pixels count as black. */
    public BufferedImage translate(BufferedImage picture) {
        return translate(Bitmap.of(picture)).toImage();
    }

    /**
     * Translates a picture.
     *
     * @return of the recipe's channels and of {@link #size}
     * @throws UserError if an array cannot hold the result; a file can
     */
    public Bitmap translate(Bitmap picture) {
        try {
            Size size = size(picture.width(), picture.height());
            return collect(size, sink -> translate(picture, sink, Progress.SILENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
    }

    /**
     * Translates a picture row by row. Memory is bounded by the picture and a band of tiles, not by the result.
     *
     * @param sink gets as many rows as {@link #size} says, of the recipe's channels
     */
    public void translate(Bitmap picture, RowSink sink, Progress progress) throws IOException {
        try (Usage.Use use = usage.begin()) {
            translated(picture, sink, progress);
        }
    }

    private void translated(Bitmap picture, RowSink sink, Progress progress) throws IOException {
        Bitmap input = prepared(picture);
        Size size = size(picture.width(), picture.height());
        Size made = new Size(input.width() * architecture.scale(), input.height() * architecture.scale());
        RowSink result = sink;
        if (degrade.coloursOnly() && architecture.scale() == 1) { // the picture's own light is sharper
            result = new Recoloured(Resize.LANCZOS.apply(picture.withChannels(1), size.width, size.height), sink);
        }
        if (made.equals(size)) {
            tiler.run(input, options.seed(), result, progress);
        } else {
            Bitmap small = collect(made, collector -> tiler.run(input, options.seed(), collector, progress));
            RowSink.copy(Resize.LANCZOS.apply(small, size.width, size.height), result);
        }
    }

    private interface Rows {
        void to(RowSink sink) throws IOException;
    }

    private Bitmap collect(Size size, Rows rows) throws IOException {
        int channels = channels();
        if ((long) size.width * size.height * channels > Integer.MAX_VALUE - 8) {
            throw new UserError("a result of " + size.width + "×" + size.height
                    + " pixels does not fit into an array: translate it into a file, or a part of it at a time.");
        }
        BitmapSink sink = new BitmapSink(channels, size.height, size.width);
        rows.to(sink);
        return sink.bitmap();
    }

    /** What the network sees of a picture, such as for a sheet that shows input and output: resized, grey, degraded. */
    public Bitmap prepared(Bitmap picture) {
        int channels = channels();
        Size seen = seen(picture.width(), picture.height());
        Bitmap input = Resize.LANCZOS.apply(picture.withChannels(channels), seen.width, seen.height);
        if (options.degrade()) {
            return new Degradation(degrade, architecture.scale(), architecture.output()).apply(input, options.seed());
        }
        return degrade.grey() ? input.withChannels(1).withChannels(channels) : input;
    }

    /** Without the pixels that are too many for the scale to divide. */
    private Size whole(Size size) {
        int scale = architecture.scale();
        return new Size(size.width / scale * scale, size.height / scale * scale);
    }

    /** Whether pictures are brought to the size of training first. */
    private boolean resizes() {
        return options.scale() != Scale.NATIVE && Image.of(recipe.data()).tiles() == 0 && architecture.scale() == 1;
    }

    private Size seen(int width, int height) {
        if (!resizes()) {
            return new Size(width, height);
        }
        double gain = Math.min(LARGEST_GAIN, (double) Image.of(recipe.data()).size() / Math.min(width, height));
        return new Size((int) Math.max(1, Math.round(width * gain)), (int) Math.max(1, Math.round(height * gain)));
    }

    @Override
    public void close() {
        usage.end(model::close);
    }
}
