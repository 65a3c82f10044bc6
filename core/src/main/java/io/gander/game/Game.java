package io.gander.game;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Who plays, and what a round is. The trainer knows no more than this. All native memory of a round is gone when it
 * returns; the players' own lives until the game is closed.
 */
public interface Game extends AutoCloseable {
    /**
     * Plays one round: every player moves once (or as often as the game says).
     *
     * @param step counts from 1; the round depends on nothing else that is not in {@link #state()}
     * @param measure whether to compute the metrics that cost something
     */
    Round play(long step, boolean measure);

    /** What shows progress: so many samples in one picture, of the same latents or inputs every time. */
    BufferedImage sample(int count);

    /** What is known of how good its samples are, by name; empty if nothing is. The same samples each time. */
    default Map<String, Double> measures() {
        return Map.of();
    }

    /**
     * Brings what rounds only follow, such as the statistics of averaged weights, up to date: before {@link #state()} is saved.
     * Samples and measures do so themselves; no later round depends on it.
     */
    void settle();

    /** Everything that must be saved to go on exactly, the players' first. */
    GameState state();

    /** One line for the log's start: what plays. */
    String describe();

    @Override
    void close();
}
