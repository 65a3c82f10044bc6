package io.gander.recipe;

/**
 * The options of a network's architecture, validated when made. The records that implement it live in the room
 * {@code architecture}, which knows what they mean; a recipe only carries them.
 */
public interface Architecture {
    /** The two networks of the game. */
    enum Role {
        GENERATOR,
        DISCRIMINATOR
    }
}
