package io.gander.export;

import io.gander.network.Architectures;
import io.gander.network.GeneratorArchitecture;
import io.gander.network.Output;
import io.gander.network.TranslatorArchitecture;
import io.gander.recipe.Recipe;
import io.gander.run.Provenance;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an exported file says of itself: free text by key, in the same words in every format. */
public final class Metadata {
    /** The program that wrote the file. */
    public static final String PRODUCER = "producer";
    /** The program's version. */
    public static final String VERSION = "version";
    /** What the recipe is called. */
    public static final String RECIPE = "recipe";
    /** The resolved recipe's text. */
    public static final String RECIPE_YAML = "recipe_yaml";
    /** The training step of the weights; counts from 1. */
    public static final String STEP = "step";
    /** Black and white in the network's pictures: "[-1, 1]" or "[0, 1]". */
    public static final String IMAGE_RANGE = "image_range";
    /** The latent vector's distribution: "normal" (N(0, 1)) or "uniform" ([−1, 1)). */
    public static final String NOISE = "noise";

    /** How many times larger than its input the picture is that a network from pictures to pictures makes. */
    public static final String SCALE = "scale";

    /** What the height and the width of an input must be multiples of; absent if they are fixed. Only ONNX files tell. */
    public static final String SIZE_MULTIPLE = "size_multiple";

    private Metadata() {}

    /**
     * What is to be said of a recipe's networks.
     *
     * @param step the training step of the weights; counts from 1
     */
    public static Map<String, String> of(Recipe recipe, long step) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(PRODUCER, "gander");
        metadata.put(VERSION, Provenance.version());
        metadata.put(RECIPE, recipe.name());
        metadata.put(STEP, String.valueOf(step));
        if (recipe.generator() instanceof TranslatorArchitecture translator) {
            metadata.put(IMAGE_RANGE, range(translator.output()));
            metadata.put(SCALE, String.valueOf(translator.scale()));
        } else {
            GeneratorArchitecture generator = Architectures.generator(recipe);
            metadata.put(IMAGE_RANGE, range(generator.output()));
            metadata.put(NOISE, generator.latent().distribution().name().toLowerCase(Locale.ROOT));
        }
        metadata.put(
                RECIPE_YAML, recipe.with("data.path", "").toYaml()); // a folder of the maker is nobody else's business
        return metadata;
    }

    private static String range(Output output) {
        return String.format(Locale.ROOT, "[%.0f, %.0f]", output.low(), output.high());
    }
}
