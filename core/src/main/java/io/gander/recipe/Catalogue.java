package io.gander.recipe;

import java.util.Map;

/** How a recipe gets from YAML to options that it carries and does not understand. */
public interface Catalogue {
    /**
     * Reads {@code architecture} and its options.
     *
     * @param role which player is asked for
     */
    Architecture architecture(Architecture.Role role, Section section);

    /** The games that recipes can name, the one that is meant by those that name none first. */
    Map<String, Rules.Reader> games();
}
