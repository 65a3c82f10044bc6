package io.gander.recipe;

/** How a recipe gets from a section of YAML to options that it carries and does not understand. */
public interface Catalogue {
    /**
     * Reads {@code architecture} and its options.
     *
     * @param role which player is asked for
     */
    Architecture architecture(Architecture.Role role, Section section);
}
