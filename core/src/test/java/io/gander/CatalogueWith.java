package io.gander;

import io.gander.game.StandardCatalogue;
import io.gander.recipe.Architecture;
import io.gander.recipe.Catalogue;
import io.gander.recipe.DataKind;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Rules;
import io.gander.recipe.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** The standard catalogue, to which a test adds a line by overriding a method. */
public class CatalogueWith implements Catalogue {
    private static final Catalogue STANDARD = StandardCatalogue.INSTANCE;

    /** With one more game. */
    public static Catalogue game(String name, Rules.Reader reader) {
        return new CatalogueWith() {
            @Override
            public Map<String, Rules.Reader> games() {
                Map<String, Rules.Reader> games = new LinkedHashMap<>(super.games());
                games.put(name, reader);
                return games;
            }
        };
    }

    @Override
    public Architecture architecture(Architecture.Role role, Section section) {
        return STANDARD.architecture(role, section);
    }

    @Override
    public Map<String, Rules.Reader> games() {
        return STANDARD.games();
    }

    @Override
    public DataKind data(String kind, DataName name, DataRecipe.Pairs pairs, Section section) {
        return STANDARD.data(kind, name, pairs, section);
    }
}
