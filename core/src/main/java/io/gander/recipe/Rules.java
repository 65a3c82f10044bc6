package io.gander.recipe;

import java.util.List;

/**
 * The options of a game, validated when made. The records that implement it live in the room {@code game}, which knows what they mean; a
 * recipe only carries them.
 */
public interface Rules {
    /** Reads a game's own keys, in whatever sections of the recipe they lie. */
    @FunctionalInterface
    interface Reader {
        /**
         * Asks for every key of the game.
         *
         * @param root the whole recipe; its sections are shared with those that read the keys of all games
         */
        Rules read(Section root, DataRecipe data, TrainRecipe train);
    }

    /** What a grid of samples shows: a sentence. */
    String samples();

    /** What stands side by side in it, from left to right; empty if it is samples alone. */
    default List<String> columns() {
        return List.of();
    }

    /** A file of {@code gander classifier} that samples are measured with; empty for what comes with Gander. */
    default String classifier() {
        return "";
    }

    /** Those of its keys, dotted, whose values are paths of files. */
    default List<String> files() {
        return List.of();
    }

    /** Those of its keys, dotted, that change no number that a step computes. */
    default List<String> free() {
        return List.of();
    }
}
