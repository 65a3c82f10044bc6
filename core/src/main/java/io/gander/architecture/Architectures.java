package io.gander.architecture;

import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.layer.Shape;
import io.gander.modality.Image;
import io.gander.modality.Modalities;
import io.gander.network.Network;
import io.gander.recipe.Architecture;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The catalogue: every architecture that a recipe can name. A new one is a line here. */
public final class Architectures {
    private static final Map<String, Function<Section, Architecture>> GENERATORS = new LinkedHashMap<>();
    private static final Map<String, Function<Section, Architecture>> DISCRIMINATORS = new LinkedHashMap<>();

    static {
        add("mlp", Mlp.Generator::read, Mlp.Discriminator::read);
        add("dcgan", Dcgan.Generator::read, Dcgan.Discriminator::read);
        add("dcgan-keras", KerasDcgan.Generator::read, KerasDcgan.Discriminator::read);
        add("r3gan", R3Gan.Generator::read, R3Gan.Discriminator::read);
        GENERATORS.put("unet", UNet::read);
        GENERATORS.put("encoder-decoder", EncoderDecoder::read);
        GENERATORS.put("resnet", ResnetTranslator::read);
        GENERATORS.put("srresnet", SrResnet::read);
        GENERATORS.put("rrdb", Rrdb::read);
        DISCRIMINATORS.put("patchgan", PatchGan::read);
        DISCRIMINATORS.put("srgan", SrganDiscriminator::read);
    }

    private static void add(
            String name, Function<Section, Architecture> generator, Function<Section, Architecture> discriminator) {
        GENERATORS.put(name, generator);
        DISCRIMINATORS.put(name, discriminator);
    }

    private Architectures() {}

    /**
     * Reads {@code architecture} and its options.
     *
     * @param role which player is asked for
     */
    public static Architecture read(Architecture.Role role, Section section) {
        Map<String, Function<Section, Architecture>> known =
                role == Architecture.Role.GENERATOR ? GENERATORS : DISCRIMINATORS;
        String name = section.text("architecture", null);
        Function<Section, Architecture> reader = known.get(name);
        if (reader == null) {
            throw new UserError(
                    section.where("architecture") + " is '" + name + "'." + Names.hint(name, known.keySet()));
        }
        return reader.apply(section);
    }

    /** The shape of the pictures that a recipe is about: channels×height×width. */
    public static Shape image(Recipe recipe) {
        return Modalities.of(recipe.data()).codec().shape();
    }

    /**
     * The options of a generator that starts from noise.
     *
     * @throws UserError if the recipe's starts from pictures
     */
    public static GeneratorArchitecture generator(Recipe recipe) {
        if (recipe.generator() instanceof GeneratorArchitecture architecture) {
            return architecture;
        }
        throw new UserError(
                "generator.architecture makes pictures from pictures, not from noise: choose another, such as dcgan,"
                        + " or set game to paired or unpaired.");
    }

    /**
     * The options of a generator that starts from pictures.
     *
     * @throws UserError if the recipe's starts from noise
     */
    public static TranslatorArchitecture translator(Recipe recipe) {
        if (recipe.generator() instanceof TranslatorArchitecture architecture) {
            return architecture;
        }
        throw new UserError(
                "generator.architecture makes pictures from noise, not from pictures: choose another, such as unet, or"
                        + " set game: noise.");
    }

    /**
     * The shape of what a generator from pictures to pictures is given in training: channels×height×width.
     *
     * @throws UserError if its scale does not divide the pictures' size
     */
    public static Shape input(Recipe recipe) {
        int scale = translator(recipe).scale();
        Image image = Image.of(recipe.data());
        int size = image.size();
        if (size % scale != 0) {
            throw new UserError("data.size is " + size + ", which " + scale
                    + " (generator.scale) does not divide; set it to " + (size / scale + 1) * scale + ".");
        }
        return Shape.of(image.channels(), size / scale, size / scale);
    }

    /**
     * The network of a generator that starts from pictures; it makes pictures of the recipe's channels.
     *
     * @param input channels×height×width of what comes in
     * @throws UserError if the architecture cannot take such an input
     */
    public static Network translatorNetwork(Recipe recipe, Shape input) {
        return translator(recipe).network(input, Image.of(recipe.data()).channels());
    }

    /** The discriminator's options. */
    public static DiscriminatorArchitecture discriminator(Recipe recipe) {
        return (DiscriminatorArchitecture) recipe.discriminator();
    }
}
