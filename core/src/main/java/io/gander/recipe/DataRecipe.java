package io.gander.recipe;

import io.gander.error.UserError;

/**
 * The recipe's section {@code data}.
 *
 * @param source where the examples come from
 * @param path the folder of {@link Source#FOLDER}; empty otherwise
 * @param size height and width of a picture, pixels
 * @param channels 1 (grey) or 3 (RGB)
 */
public record DataRecipe(Source source, String path, int size, int channels) {
    /** The kinds of data sets. */
    public enum Source {
        /** The 60,000 training digits, 28×28, grey, from the jar {@code gander-mnist}. */
        MNIST,
        /** All pictures below a folder, cropped to the centre square and resized. */
        FOLDER
    }

    static DataRecipe read(Section section) {
        Source source = section.choice("name", Source.class, null);
        boolean mnist = source == Source.MNIST;
        String path = section.text("path", "");
        int size = section.integer("size", mnist ? 28 : 64, 4, 1024);
        int channels = section.integer("channels", mnist ? 1 : 3, 1, 3);
        section.finish();
        if (channels == 2) {
            throw new UserError(section.where("channels") + " must be 1 (grey) or 3 (colour); found 2.");
        }
        if (mnist && !path.isEmpty()) {
            throw new UserError(section.where("path")
                    + ": MNIST comes with Gander; for your own pictures set data.name to folder.");
        }
        if (mnist && (size != 28 || channels != 1)) {
            throw new UserError(section.where(size != 28 ? "size" : "channels")
                    + ": MNIST is 28×28 with 1 channel; leave size and channels out.");
        }
        return new DataRecipe(source, path, size, channels);
    }
}
