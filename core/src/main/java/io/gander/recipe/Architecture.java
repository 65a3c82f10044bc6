package io.gander.recipe;

/**
 * The options of a network's architecture, validated when made. The records that implement it live in the room
 * {@code network}, which knows what they mean; a recipe only carries them.
 */
public interface Architecture {
    /** How a recipe gets from a section of YAML to an architecture; the room {@code network} has the one implementation. */
    interface Catalogue {
        /**
         * Reads {@code architecture} and its options.
         *
         * @param role which player is asked for
         */
        Architecture read(Role role, Section section);
    }

    /** The two networks of the game. */
    enum Role {
        GENERATOR,
        DISCRIMINATOR
    }
}
