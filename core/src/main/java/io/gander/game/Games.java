package io.gander.game;

import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.data.Split;
import io.gander.layer.Shape;
import io.gander.modality.Codec;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the making of every game shares. */
final class Games {
    private static final int GENERATOR_WEIGHTS = 1;
    private static final int DISCRIMINATOR_WEIGHTS = 2;
    /** Set the order of the training's examples apart from that of those that are shown. */
    static final int DATA_ORDER = 3;

    static final int SHOWN = 4;

    /** Sets what an average's statistics are measured with apart from what the rounds draw. */
    private static final long STATISTICS = -2;

    private Games() {}

    /** Makes both networks, which refuse what they cannot make or judge. */
    static void checkNetworks(GameOptions options, Recipe recipe) {
        options.generator(recipe, 0).requireBatch(recipe.train().batch());
        options.discriminator(recipe, 0).requireBatch(recipe.train().batch());
    }

    /** The shape of several examples one upon the other: (count·channels)×…. */
    static Shape together(int count, Shape example) {
        List<Integer> sizes = new ArrayList<>(example.sizes());
        sizes.set(0, count * sizes.get(0));
        return new Shape(sizes);
    }

    /** What samples are made of: pictures that nobody learnt from, if there are any. */
    static Dataset shown(Split data) {
        return data.heldOut().count() > 0 ? data.heldOut() : data.training();
    }

    static Loader loader(Recipe recipe, Dataset dataset, Codec codec, int offset) {
        TrainRecipe train = recipe.train();
        return new Loader(dataset, codec, train.batch(), Draws.mix(train.seed(), DATA_ORDER + offset));
    }

    /** For measuring the statistics of averages: batch i at (i). */
    static Draws statistics(Recipe recipe) {
        return Draws.of(recipe.train().seed(), STATISTICS);
    }

    static Player generator(Recipe recipe, String name, Network network, int offset) {
        return player(
                recipe,
                name,
                network,
                GENERATOR_WEIGHTS + offset,
                recipe.train().generator());
    }

    static Player discriminator(Recipe recipe, String name, Network network, int offset) {
        return player(
                recipe,
                name,
                network,
                DISCRIMINATOR_WEIGHTS + offset,
                recipe.train().discriminator());
    }

    private static Player player(Recipe recipe, String name, Network network, int weights, OptimizerRecipe optimizer) {
        TrainRecipe train = recipe.train();
        Model model = Model.create(network, Draws.mix(train.seed(), weights), train.precision());
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
