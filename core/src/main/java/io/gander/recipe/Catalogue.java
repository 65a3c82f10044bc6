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
    /**
     * Reads the keys of a kind of data in the section {@code data}.
     *
     * @param kind its name, the value of {@code data.kind}
     * @param name the set, which may have other defaults than the kind
     * @param pairs how examples belong together
     */
    DataKind data(String kind, DataName name, DataRecipe.Pairs pairs, Section section);
}
