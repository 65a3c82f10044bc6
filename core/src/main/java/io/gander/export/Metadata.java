package io.gander.export;

import io.gander.architecture.Architectures;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.layer.Output;
import io.gander.modality.Modalities;
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

    /** What was played, such as "noise", "paired" or "unpaired". */
    public static final String GAME = "game";

    /** The names of the classes, in the order of the one-hot numbers behind the latent, a JSON list; absent without classes. */
    public static final String CLASSES = "classes";

    /** Whether the weights are the "average" of the training's last steps or its "newest". */
    public static final String WEIGHTS = "weights";

    /** Of the network's pictures: 1 (grey) or 3 (RGB). */
    public static final String CHANNELS = "channels";

    /** Of an unpaired game's generator: "a-to-b", from the first set to the second, or "b-to-a". */
    public static final String DIRECTION = "direction";

    /** How many times larger than its input the picture is that a network from pictures to pictures makes. */
    public static final String SCALE = "scale";

    /** What the height and the width of an input must be multiples of; absent if they are fixed. */
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
        metadata.put(GAME, recipe.game());
        metadata.put(
                CHANNELS,
                String.valueOf(Modalities.of(recipe.data()).codec().shape().channels()));
        if (recipe.generator() instanceof TranslatorArchitecture translator) {
            metadata.put(IMAGE_RANGE, range(translator.output()));
            metadata.put(SCALE, String.valueOf(translator.scale()));
        } else {
            GeneratorArchitecture generator = Architectures.generator(recipe);
            metadata.put(IMAGE_RANGE, range(generator.output()));
            metadata.put(NOISE, generator.latent().distribution().name().toLowerCase(Locale.ROOT));
        }
        metadata.put(RECIPE_YAML, anonymous(recipe).toYaml());
        return metadata;
    }

    /** Where the maker's files lie is nobody else's business. */
    private static Recipe anonymous(Recipe recipe) {
        Recipe anonymous = recipe.with("data.path", "");
        if (!recipe.data().second().isEmpty()) {
            anonymous = anonymous.with("data.second", "");
        }
        for (String key : recipe.rules().files()) {
            String path = String.valueOf(recipe.flat().get(key));
            anonymous = anonymous.with(key, Recipe.quoted(path.replaceFirst(".*[/\\\\]", "")));
        }
        return anonymous;
    }

    /** What a network's file says: the given, and what its pictures' sides are multiples of; nothing of that for 0. */
    static Map<String, String> with(Map<String, String> metadata, int multiple) {
        Map<String, String> all = new LinkedHashMap<>(metadata);
        if (multiple > 0) {
            all.put(SIZE_MULTIPLE, String.valueOf(multiple));
        }
        return all;
    }

    private static String range(Output output) {
        return String.format(Locale.ROOT, "[%.0f, %.0f]", output.low(), output.high());
    }
}
