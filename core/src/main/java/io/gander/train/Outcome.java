package io.gander.train;

import java.nio.file.Path;

/**
 * How a training ended.
 *
 * @param run its directory
 * @param step rounds played
 * @param steps rounds that the recipe asks for
 * @param seconds of training, earlier sessions included
 * @param end why
 * @param translates whether the generator makes pictures from pictures, not from noise
 */
public record Outcome(Path run, long step, long steps, double seconds, End end, boolean translates) {
    public enum End {
        FINISHED,
        /** The recipe's time was used up. */
        OUT_OF_TIME,
        /** Somebody asked for it, such as with Ctrl-C. */
        STOPPED
    }
}
