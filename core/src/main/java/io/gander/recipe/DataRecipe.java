package io.gander.recipe;

import io.gander.error.UserError;
import java.util.List;

/**
 * The recipe's section {@code data}.
 *
 * @param name the user's own files, or a set known by name
 * @param path the folder, archive, array or list of {@link DataName#FILES}; empty otherwise
 * @param second where the other pictures lie, for {@link Pairs#BY_NAME} a folder; empty otherwise
 * @param pairs whether examples are single pictures or pairs, and how these lie
 * @param size height and width of what a network sees, pixels
 * @param channels 1 (grey) or 3 (RGB)
 * @param loadSize height and width to which the centre square of a picture is resized; at least {@code size}
 * @param resize the filter
 * @param crop which part of a picture of {@code loadSize} a batch takes
 * @param flip whether half of the pictures of a batch are mirrored, left to right
 * @param colourJitter largest relative change of brightness, contrast and saturation; 0 for none
 * @param tiles 0: a picture's centre square is resized; n: n squares of {@code loadSize} are cut from each at its own scale
 * @param heldOut how many per cent of the examples are kept from training, for evaluation
 * @param direction of a pair: which is the input, which the target
 * @param classes the classes' names, in the order in which a game with labels numbers them; empty until the data was opened
 * @param maxBroken how many per cent of the examples may be unusable before training refuses to start
 */
public record DataRecipe(
        DataName name,
        String path,
        String second,
        Pairs pairs,
        int size,
        int channels,
        int loadSize,
        Resize resize,
        Crop crop,
        boolean flip,
        double colourJitter,
        double maxBroken,
        int tiles,
        double heldOut,
        Direction direction,
        List<String> classes) {
    /** How pictures belong together. */
    public enum Pairs {
        /** Each stands for itself. */
        NONE,
        /** One file holds both, left and right, as the Pix2Pix sets do. */
        SIDE_BY_SIDE,
        /** Two folders hold files of equal names, or a list names two files a line. */
        BY_NAME,
        /** Two folders or archives hold pictures that do not belong together one by one. */
        UNPAIRED
    }

    /** Which picture of a pair is made of which. */
    public enum Direction {
        A_TO_B,
        B_TO_A
    }

    /** The filter of a change of size. */
    public enum Resize {
        LANCZOS,
        BOX
    }

    /** Which part of a larger picture is taken. */
    public enum Crop {
        /** Another part each time. */
        RANDOM,
        CENTRE
    }

    static DataRecipe read(Section section) {
        DataName name = section.choice("name", DataName.class, DataName.FILES);
        String path = section.text("path", "");
        String second = section.text("second", "");
        if (name.points()) {
            return points(section, name, path, second);
        }
        Pairs pairs = section.choice("pairs", Pairs.class, name.pairs());
        int size = section.integer("size", name.size(), 4, 1024);
        int channels = section.integer("channels", name.channels(), 1, 3);
        boolean paired = pairs == Pairs.SIDE_BY_SIDE || pairs == Pairs.BY_NAME;
        DataRecipe recipe = new DataRecipe(
                name,
                path,
                second,
                pairs,
                size,
                channels,
                section.integer("load-size", size, size, 2048),
                section.choice("resize", Resize.class, Resize.LANCZOS),
                section.choice("crop", Crop.class, Crop.RANDOM),
                section.flag("flip", false),
                section.real("colour-jitter", 0.0, 0, 0.9),
                section.real("max-broken", 5.0, 0, 100),
                section.integer("tiles", 0, 0, 64),
                section.real("held-out", 0.0, 0, 90),
                paired ? section.choice("direction", Direction.class, Direction.A_TO_B) : Direction.A_TO_B,
                classes(section));
        section.finish();
        recipe.check(section);
        return recipe;
    }

    /** Points have none of a picture's keys. */
    private static DataRecipe points(Section section, DataName name, String path, String second) {
        DataRecipe recipe = new DataRecipe(
                name,
                path,
                second,
                Pairs.NONE,
                name.size(),
                name.channels(),
                name.size(),
                Resize.LANCZOS,
                Crop.CENTRE,
                false,
                0,
                0,
                0,
                section.real("held-out", 0.0, 0, 90),
                Direction.A_TO_B,
                classes(section));
        section.finish();
        recipe.check(section);
        return recipe;
    }

    private static List<String> classes(Section section) {
        return section.has("classes") ? section.texts("classes", List.of(), "a list of names") : List.of();
    }

    private void check(Section section) {
        if (channels == 2 && !name.points()) {
            throw new UserError(section.where("channels") + " must be 1 (grey) or 3 (colour); found 2.");
        }
        if (name.own()) {
            boolean two = pairs == Pairs.BY_NAME || pairs == Pairs.UNPAIRED;
            if (!second.isEmpty() && !two) {
                throw new UserError(section.where("second")
                        + ": a second folder is for data.pairs: by-name or unpaired; set data.pairs or leave it out.");
            }
            return;
        }
        if (!path.isEmpty() || !second.isEmpty()) {
            throw new UserError(section.where(path.isEmpty() ? "second" : "path") + ": " + name.key()
                    + " is found by its name; for your own pictures leave data.name out.");
        }
        if (pairs != name.pairs()) {
            throw new UserError(section.where("pairs") + ": " + name.key() + " comes as '" + Section.kebab(name.pairs())
                    + "'; leave it out.");
        }
    }
}
