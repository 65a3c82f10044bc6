package io.gander.modality;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.recipe.DataKind;
import io.gander.source.Source;
import io.gander.source.Wanted;

/** A kind of data as a recipe names it, with its options. A new kind is one file and a line in {@link Modalities}. */
public interface Modality extends DataKind {
    /** What is looked for in a source of such data. */
    Wanted wanted();

    /** The codec as far as the options alone say: whole, unless the kind must be {@linkplain #fit fitted} to its data. */
    Codec codec();

    /**
     * The codec, fitted to data. Kinds that need to see their data first, such as the columns of a table, read the source once.
     *
     * @param source what is trained with
     */
    default Codec fit(Source source) {
        return codec();
    }

    /**
     * The codec of a run, without its data.
     *
     * @param facts what {@link Codec#facts} said of the fitted one
     */
    default Codec restore(JsonNode facts) {
        return codec();
    }
}
