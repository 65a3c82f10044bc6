package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.recipe.Architecture;
import io.gander.recipe.Catalogue;
import io.gander.recipe.Section;

/** Everything that recipes can name. */
public enum StandardCatalogue implements Catalogue {
    /** The one there is. */
    INSTANCE;

    @Override
    public Architecture architecture(Architecture.Role role, Section section) {
        return Architectures.read(role, section);
    }
}
