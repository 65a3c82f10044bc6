package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.modality.Modalities;
import io.gander.recipe.Architecture;
import io.gander.recipe.Catalogue;
import io.gander.recipe.DataKind;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Rules;
import io.gander.recipe.Section;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything that recipes can name. A new game is a line here. */
public enum StandardCatalogue implements Catalogue {
    /** The catalogue of all that Gander ships. */
    INSTANCE;

    private static final Map<String, Rules.Reader> GAMES = new LinkedHashMap<>();

    static {
        GAMES.put("noise", NoiseOptions::read);
        GAMES.put("paired", PairedOptions::read);
        GAMES.put("unpaired", UnpairedOptions::read);
    }

    @Override
    public Architecture architecture(Architecture.Role role, Section section) {
        return Architectures.read(role, section);
    }

    @Override
    public Map<String, Rules.Reader> games() {
        return Collections.unmodifiableMap(GAMES);
    }

    @Override
    public DataKind data(String kind, DataName name, DataRecipe.Pairs pairs, Section section) {
        return Modalities.read(kind, name, pairs, section);
    }
}
