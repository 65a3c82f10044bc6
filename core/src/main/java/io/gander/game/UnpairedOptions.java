package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.modality.Codec;
import io.gander.network.Network;
import io.gander.objective.Losses;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import java.util.List;

/**
 * The rules of a game between two sets, {@link UnpairedGame}.
 *
 * @param objective what the players want
 * @param regularisers what the discriminators pay for being steep
 * @param adversarial weight of the generators' share in the game between them
 * @param weight factor on the discriminators' losses; .5 slows them
 * @param cycle weight of ‖F(G(a)) − a‖₁ + ‖G(F(b)) − b‖₁
 * @param identity weight of ‖G(b) − b‖₁ + ‖F(a) − a‖₁, as a share of {@code cycle}
 * @param pool how many earlier outputs a discriminator is also shown
 */
record UnpairedOptions(
        Objective objective,
        Regularisers regularisers,
        double adversarial,
        double weight,
        double cycle,
        double identity,
        int pool)
        implements GameOptions {
    /** Added to what sets draws apart, for the side whose names end so. */
    private static final int BACK = 100;

    private static final String ENDING = "-back";

    static UnpairedOptions read(Section root, DataRecipe data, TrainRecipe train) {
        Section section = root.section("objective");
        return new UnpairedOptions(
                Losses.read(section, "least-squares"),
                Regularisers.read(section, train.steps()),
                section.real("adversarial", 1.0, 0, 1e6),
                section.real("discriminator", 0.5, 0, 1e6),
                section.real("cycle", 10.0, 0, 1e6),
                section.real("identity", 0.5, 0, 1e6),
                section.integer("pool", 50, 0, 10_000));
    }

    @Override
    public boolean translates() {
        return true;
    }

    @Override
    public List<String> generators() {
        return List.of("generator", "generator" + ENDING);
    }

    @Override
    public String samples() {
        return "A picture, translated, and back; the same at every step.";
    }

    @Override
    public List<String> columns() {
        return List.of("picture", "translated", "and back");
    }

    @Override
    public void check(Recipe recipe) {
        if (recipe.data().pairs() != DataRecipe.Pairs.UNPAIRED) {
            throw new UserError("data.pairs: the game 'unpaired' plays between two sets; set data.pairs: unpaired,"
                    + " with data.path and data.second.");
        }
        if (Architectures.translator(recipe).scale() > 1) {
            throw new UserError("generator.scale: the game 'unpaired' needs pictures of one size; set it to 1.");
        }
        Games.checkNetworks(this, recipe);
    }

    @Override
    public Network generator(Recipe recipe, int classes) {
        return Architectures.translatorNetwork(recipe, Architectures.input(recipe));
    }

    @Override
    public Network discriminator(Recipe recipe, int classes) {
        return Architectures.discriminator(recipe).network(Architectures.image(recipe));
    }

    @Override
    public Game create(Recipe recipe, List<Split> data) {
        Split a = data.get(0);
        Split b = data.get(1);
        return new UnpairedGame(
                side(recipe, a, ENDING, BACK, b),
                side(recipe, b, "", 0, a),
                a.training().codec().within(Architectures.translator(recipe).output()),
                this,
                recipe.train());
    }

    /**
     * One side of the game.
     *
     * @param own the set whose pictures are made
     * @param other the set whose pictures they are made of
     */
    private UnpairedDomain side(Recipe recipe, Split own, String ending, int offset, Split other) {
        Codec codec =
                own.training().codec().within(Architectures.translator(recipe).output());
        TrainRecipe train = recipe.train();
        Player from = Games.generator(recipe, "generator" + ending, generator(recipe, 0), offset);
        Loader inputs = Games.loader(recipe, other.training(), codec, 2 * BACK + offset);
        Dataset shown = Games.shown(own);
        return new UnpairedDomain(
                from,
                Games.discriminator(recipe, "discriminator" + ending, discriminator(recipe, 0), offset),
                new Ema(from, train.ema(), i -> inputs.batch(i + 1L), Games.statistics(recipe)),
                new ImagePool(pool, codec.shape()),
                Games.loader(recipe, own.training(), codec, offset),
                inputs,
                new Loader(
                        shown,
                        codec.plain(),
                        Math.min(train.samples(), shown.count()),
                        Draws.mix(train.seed(), Games.SHOWN, offset)));
    }
}
