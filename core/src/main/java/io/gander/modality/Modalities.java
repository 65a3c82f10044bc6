package io.gander.modality;

import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Section;
import java.util.LinkedHashMap;
import java.util.Map;

/** The catalogue: every kind of data that a recipe can name. A new one is a line here. */
public final class Modalities {
    /** Reads the keys of a kind. */
    interface Reader {
        Modality read(DataName name, DataRecipe.Pairs pairs, Section section);
    }

    private static final Map<String, Reader> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("image", Image::read);
        KINDS.put("point", Point::read);
        KINDS.put("voxel", Voxel::read);
    }

    private Modalities() {}

    /**
     * Reads the keys of a kind of data in the section {@code data}.
     *
     * @throws UserError if there is no such kind
     */
    public static Modality read(String kind, DataName name, DataRecipe.Pairs pairs, Section section) {
        Reader reader = KINDS.get(kind);
        if (reader == null) {
            throw new UserError(section.where("kind") + " is '" + kind + "'." + Names.hint(kind, KINDS.keySet()));
        }
        return reader.read(name, pairs, section);
    }

    /** The kind of a recipe's data. */
    public static Modality of(DataRecipe recipe) {
        return (Modality) recipe.kind();
    }
}
