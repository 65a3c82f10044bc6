package io.gander.game;

import io.gander.data.Degradation;
import io.gander.modality.Codec;

import io.gander.architecture.Architectures;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.data.Pairs;
import io.gander.data.Split;
import io.gander.download.FeatureWeights;
import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.metric.Measuring;
import io.gander.network.FeatureNetwork;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.objective.Content;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.NoiseGameRecipe;
import io.gander.recipe.ObjectiveRecipe;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** From a recipe to a game with fresh players. */
public final class Games {
    private static final int GENERATOR_WEIGHTS = 1;
    private static final int DISCRIMINATOR_WEIGHTS = 2;
    private static final int DATA_ORDER = 3;
    private static final int SHOWN = 4;
    /** Sets the latents with which the average's statistics are measured apart from those of the rounds. */
    private static final long STATISTICS = -2;
    /** And what drops then. */
    private static final long DROPPING = -4;

    /** Added to the numbers above for the second set of an unpaired game. */
    private static final int BACK = 100;

    private Games() {}

    /**
     * Stops a recipe whose data or networks are not of the kind that its game plays with: before the data is decoded, which
     * may take long.
     *
     * @throws UserError if so
     */
    public static void check(Recipe recipe) {
        GameChecks.check(recipe);
    }

    /**
     * The names of the classes, where the game is played with labels: a run must know them without its data.
     *
     * @throws UserError if the examples have no classes
     */
    public static List<String> classes(Recipe recipe, Dataset data) {
        if (!recipe.objective().noise().conditional()) {
            return List.of();
        }
        if (data.labels().isEmpty()) {
            throw new UserError("objective.labels: the examples of '" + data.name()
                    + "' have no classes: sort them into a folder for each class, or leave objective.labels out.");
        }
        return data.labels();
    }

    /**
     * Sets up the game that the recipe names.
     *
     * @param data one set, or two for an unpaired game
     */
    public static Game create(Recipe recipe, List<Split> data) {
        return switch (recipe.game()) {
            case NOISE -> noise(recipe, data.get(0).training());
            case PAIRED -> paired(recipe, data.get(0));
            case UNPAIRED -> unpaired(recipe, data.get(0), data.get(1));
        };
    }

    private static Game noise(Recipe recipe, Dataset dataset) {
        GeneratorArchitecture architecture = Architectures.generator(recipe);
        Codec codec = dataset.codec().within(architecture.output());
        int classes = classes(recipe, dataset).size();
        TrainRecipe train = recipe.train();
        Player generator = generator(recipe, "generator", Architectures.generatorNetwork(recipe, classes), 0);
        NoiseGameRecipe rules = recipe.objective().noise();
        Batches batches = new Batches(
                loader(recipe, dataset, codec, 0),
                architecture.latent(),
                classes);
        Player discriminator = discriminator(recipe, "discriminator", Architectures.discriminatorNetwork(recipe, classes), 0);
        Draws statistics = Draws.of(train.seed(), STATISTICS);
        Ema ema =
                new Ema(generator, train.ema(), i -> batches.samples(train.batch(), statistics.at(i)), dropping(train));
        return new NoiseGame(
                generator,
                discriminator,
                ema,
                Objective.of(recipe.objective()),
                regularisers(recipe),
                new Augment(recipe.augment(), architecture.output()),
                batches,
                new Samples(
                        ema,
                        discriminator.model(),
                        batches,
                        codec,
                        rules.packing(),
                        train.seed(),
                        Measuring.of(recipe, dataset)),
                rules,
                train);
    }

    private static Game paired(Recipe recipe, Split data) {
        Output output = Architectures.translator(recipe).output();
        ObjectiveRecipe objective = recipe.objective();
        TrainRecipe train = recipe.train();
        Codec codec = data.training().codec().within(output);
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Degradation degradation = new Degradation(recipe.degrade(), architecture.scale(), output);
        Dataset shown = shown(data);
        Player generator = generator(recipe, "generator", Architectures.generatorNetwork(recipe, 0), 0);
        Pairs pairs = Pairs.of(
                recipe.data(),
                data.training(),
                codec,
                degradation,
                train.batch(),
                Draws.mix(train.seed(), DATA_ORDER));
        return new PairedGame(
                generator,
                discriminator(recipe, "discriminator", Architectures.discriminatorNetwork(recipe, 0), 0),
                new Ema(generator, train.ema(), i -> pairs.batch(i + 1L).input(), dropping(train)),
                Objective.of(objective),
                regularisers(recipe),
                new Content(objective, features(objective), output),
                pairs,
                Pairs.of(
                        recipe.data(),
                        shown,
                        codec.plain(),
                        degradation,
                        Math.min(train.samples(), shown.count()),
                        Draws.mix(train.seed(), SHOWN)),
                codec,
                output,
                Architectures.conditional(recipe),
                objective,
                train);
    }

    private static Regularisers regularisers(Recipe recipe) {
        return new Regularisers(
                recipe.objective().regularisers(), recipe.train().steps());
    }

    static @Nullable FeatureNetwork features(ObjectiveRecipe objective) {
        return objective.perceptual() > 0 ? FeatureNetwork.open(FeatureWeights.place(objective.features())) : null;
    }

    private static Game unpaired(Recipe recipe, Split a, Split b) {
        Codec codec = a.training().codec().within(Architectures.translator(recipe).output());
        return new UnpairedGame(
                side(recipe, a, "-back", BACK, b),
                side(recipe, b, "", 0, a),
                Objective.of(recipe.objective()),
                regularisers(recipe),
                codec,
                recipe.objective(),
                recipe.train());
    }

    /**
     * One side of an unpaired game.
     *
     * @param own the set whose pictures are made
     * @param other the set whose pictures they are made of
     */
    private static UnpairedDomain side(Recipe recipe, Split own, String ending, int offset, Split other) {
        Codec codec = own.training().codec().within(Architectures.translator(recipe).output());
        TrainRecipe train = recipe.train();
        Player from = generator(recipe, "generator" + ending, Architectures.generatorNetwork(recipe, 0), offset);
        Loader inputs = loader(recipe, other.training(), codec, 2 * BACK + offset);
        Dataset shown = shown(own);
        return new UnpairedDomain(
                from,
                discriminator(recipe, "discriminator" + ending, Architectures.discriminatorNetwork(recipe, 0), offset),
                new Ema(from, train.ema(), i -> inputs.batch(i + 1L), dropping(train)),
                new ImagePool(recipe.objective().pool(), codec.shape()),
                loader(recipe, own.training(), codec, offset),
                inputs,
                new Loader(
                        shown,
                        codec.plain(),
                        Math.min(train.samples(), shown.count()),
                        Draws.mix(train.seed(), SHOWN, offset)));
    }

    /** For what drops in averages while their statistics are measured. */
    private static Draws dropping(TrainRecipe train) {
        return Draws.of(train.seed(), DROPPING);
    }

    /** What samples are made of: pictures that nobody learnt from, if there are any. */
    private static Dataset shown(Split data) {
        return data.heldOut().count() > 0 ? data.heldOut() : data.training();
    }

    private static Loader loader(Recipe recipe, Dataset dataset, Codec codec, int offset) {
        TrainRecipe train = recipe.train();
        return new Loader(dataset, codec, train.batch(), Draws.mix(train.seed(), DATA_ORDER + offset));
    }

    private static Player generator(Recipe recipe, String name, Network network, int offset) {
        return player(
                recipe,
                name,
                network,
                GENERATOR_WEIGHTS + offset,
                recipe.train().generator());
    }

    private static Player discriminator(Recipe recipe, String name, Network network, int offset) {
        return player(
                recipe,
                name,
                network,
                DISCRIMINATOR_WEIGHTS + offset,
                recipe.train().discriminator());
    }

    private static Player player(Recipe recipe, String name, Network network, int weights, OptimizerRecipe optimizer) {
        TrainRecipe train = recipe.train();
        Model model = Model.create(network, Draws.mix(train.seed(), weights));
        return new Player(name, model, optimizer, train.steps());
    }

    /** One line for the log: what plays. */
    static String describe(Dataset data, Player generator, Player discriminator) {
        String players = String.format(
                Locale.ROOT,
                "generator %,d parameters · discriminator %,d parameters · %s %,d ",
                generator.model().network().parameters(),
                discriminator.model().network().parameters(),
                data.name(),
                data.count());
        Codec codec = data.codec();
        return players + codec.things() + " " + codec.shape();
    }
}
