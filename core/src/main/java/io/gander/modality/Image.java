package io.gander.modality;

import io.gander.error.UserError;
import io.gander.image.PictureFiles;
import io.gander.image.Resize;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.recipe.Section;
import io.gander.source.Wanted;

/**
 * Pictures: squares of one size, 8 bits a channel.
 *
 * @param size height and width of what a network sees, pixels
 * @param channels 1 (grey) or 3 (RGB)
 * @param loadSize height and width to which the centre square of a picture is resized; at least {@code size}
 * @param resize the filter
 * @param crop which part of a picture of {@code loadSize} a batch takes
 * @param flip whether half of the pictures of a batch are mirrored, left to right
 * @param colourJitter largest relative change of brightness, contrast and saturation; 0 for none
 * @param tiles 0: a picture's centre square is resized; n: n squares of {@code loadSize} are cut from each at its own scale
 * @param pairs whether an example is a pair, and whether it lies in one file
 */
public record Image(
        int size,
        int channels,
        int loadSize,
        Resize resize,
        Crop crop,
        boolean flip,
        double colourJitter,
        int tiles,
        Pairs pairs)
        implements Modality {
    private static final Wanted PICTURES = new Wanted(
            "pictures",
            PictureFiles.PICTURES,
            PictureFiles.ENDINGS,
            PictureArray::fits,
            "count × height × width, or these and 1, 3 or 4 channels");

    /** Which part of a larger picture is taken. */
    public enum Crop {
        /** Another part each time. */
        RANDOM,
        CENTRE
    }

    static Image read(DataName name, Pairs pairs, Section section) {
        int size = section.integer("size", name.fallback("size", 64), 4, 1024);
        int channels = section.integer("channels", name.fallback("channels", 3), 1, 3);
        if (channels == 2) {
            throw new UserError(section.where("channels") + " must be 1 (grey) or 3 (colour); found 2.");
        }
        return new Image(
                size,
                channels,
                section.length("load-size", size, 2048),
                section.choice("resize", Resize.class, Resize.LANCZOS),
                section.choice("crop", Crop.class, Crop.RANDOM),
                section.flag("flip", false),
                section.real("colour-jitter", 0.0, 0, 0.9),
                section.integer("tiles", 0, 0, 64),
                pairs);
    }

    /**
     * The options of a recipe's pictures.
     *
     * @throws UserError if its data are of another kind
     */
    public static Image of(DataRecipe recipe) {
        if (recipe.kind() instanceof Image image) {
            return image;
        }
        throw new UserError("data.kind: this is for pictures only; the recipe's data are "
                + Modalities.of(recipe).codec().things() + ".");
    }

    /** What is looked for where pictures are wanted. */
    public static Wanted pictures() {
        return PICTURES;
    }

    @Override
    public Wanted wanted() {
        return PICTURES;
    }

    @Override
    public ImageCodec codec() {
        return new ImageCodec(this, Output.LINEAR);
    }

    /** Of one picture: channels×height×width. */
    public Shape shape() {
        return Shape.of(channels, size, size);
    }

    /** The same with other channels. */
    public Image withChannels(int other) {
        return new Image(size, other, loadSize, resize, crop, flip, colourJitter, tiles, pairs);
    }

    /** As they are: the centre, not mirrored, in their own colours. */
    Image plain() {
        return new Image(size, channels, loadSize, resize, Crop.CENTRE, false, 0, tiles, pairs);
    }

    Preparation preparation() {
        return new Preparation(pairs.together() ? 2 : 1, channels, loadSize, resize, tiles);
    }
}
