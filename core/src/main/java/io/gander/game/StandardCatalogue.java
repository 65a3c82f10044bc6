package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.recipe.Architecture;
import io.gander.modality.Modalities;
import io.gander.recipe.Catalogue;
import io.gander.recipe.DataKind;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Section;

/** Everything that recipes can name. */
public enum StandardCatalogue implements Catalogue {
    /** The one there is. */
    INSTANCE;

    @Override
    public Architecture architecture(Architecture.Role role, Section section) {
        return Architectures.read(role, section);
    }

    @Override
    public DataKind data(String kind, DataName name, DataRecipe.Pairs pairs, Section section) {
        return Modalities.read(kind, name, pairs, section);
    }
}
