package io.gander.game;

import io.gander.data.Augmentation;
import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.error.UserError;
import io.gander.network.Architectures;
import io.gander.network.GeneratorArchitecture;
import io.gander.network.Model;
import io.gander.objective.Objective;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Engine;

/** From a recipe to a game with fresh players. */
public final class Games {
    private static final int GENERATOR_WEIGHTS = 1;
    private static final int DISCRIMINATOR_WEIGHTS = 2;
    private static final int DATA_ORDER = 3;

    private Games() {}

    /**
     * Stops a recipe whose data is not of the kind that its game plays with: before the data is decoded, which may take long.
     *
     * @throws UserError if so
     */
    public static void check(Recipe recipe) {
        if (recipe.game() == Recipe.Game.NOISE && recipe.data().pairs() != Pairs.NONE) {
            boolean named = recipe.data().name() != DataName.FILES; // whose pairs cannot be taken apart
            throw new UserError(
                    "data.pairs: the game 'noise' plays with single pictures, and these are pairs or two sets; "
                            + (named
                                    ? "choose another set."
                                    : "leave data.pairs out to take each file as one picture."));
        }
    }

    /** Sets up the game that the recipe names. */
    public static Game create(Recipe recipe, Dataset dataset) {
        return switch (recipe.game()) {
            case NOISE -> noise(recipe, dataset);
        };
    }

    private static Game noise(Recipe recipe, Dataset dataset) {
        TrainRecipe train = recipe.train();
        GeneratorArchitecture architecture = Architectures.generator(recipe);
        Model generator =
                Model.create(Architectures.generatorNetwork(recipe), Engine.mix(train.seed(), GENERATOR_WEIGHTS));
        Model discriminator = Model.create(
                Architectures.discriminatorNetwork(recipe), Engine.mix(train.seed(), DISCRIMINATOR_WEIGHTS));
        Loader loader = new Loader(
                dataset,
                Augmentation.of(recipe.data()),
                train.batch(),
                Engine.mix(train.seed(), DATA_ORDER),
                architecture.output().low(),
                architecture.output().high());
        return new NoiseGame(
                new Player("generator", generator, train.generator(), train.steps()),
                new Player("discriminator", discriminator, train.discriminator(), train.steps()),
                Objective.of(recipe.loss()),
                loader,
                architecture.latent(),
                architecture.output(),
                train);
    }
}
