package io.gander.game;

import io.gander.modality.Codec;
import io.gander.modality.Modalities;

import io.gander.architecture.Architectures;
import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.FeatureNetwork;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.DegradeRecipe;
import io.gander.recipe.NoiseGameRecipe;
import io.gander.recipe.Recipe;

/** Stops recipes whose parts do not fit each other, with the cure. */
final class GameChecks {
    private GameChecks() {}

    /**
     * Stops a recipe whose data or networks are not of the kind that its game plays with: before the data is decoded, which
     * may take long.
     *
     * @throws UserError if so
     */
    static void check(Recipe recipe) {
        DataRecipe.Pairs pairs = recipe.data().pairs();
        switch (recipe.game()) {
            case NOISE -> {
                Architectures.generator(recipe);
                checkRules(recipe);
                if (pairs != DataRecipe.Pairs.NONE) {
                    boolean named = recipe.data().name() != DataName.FILES; // whose pairs cannot be taken apart
                    throw new UserError(
                            "data.pairs: the game 'noise' plays with single pictures, and these are pairs or two sets; "
                                    + (named
                                            ? "choose another set."
                                            : "leave data.pairs out to take each file as one picture."));
                }
            }
            case PAIRED -> checkPaired(recipe, Architectures.translator(recipe).scale());
            case UNPAIRED -> {
                if (pairs != DataRecipe.Pairs.UNPAIRED) {
                    throw new UserError(
                            "data.pairs: the game 'unpaired' plays between two sets; set data.pairs: unpaired,"
                                    + " with data.path and data.second.");
                }
                if (Architectures.translator(recipe).scale() > 1) {
                    throw new UserError(
                            "generator.scale: the game 'unpaired' needs pictures of one size; set it to 1.");
                }
            }
        }
        Architectures.generatorNetwork(recipe, 0); // which refuse pictures that they cannot make or judge
        Architectures.discriminatorNetwork(recipe, 0);
    }

    private static void checkPaired(Recipe recipe, int scale) {
        DataRecipe data = recipe.data();
        if (data.pairs() == DataRecipe.Pairs.UNPAIRED) {
            throw new UserError(
                    "data.pairs: the game 'paired' needs pictures that belong together; for two sets that do"
                            + " not, set game: unpaired.");
        }
        if (scale > 1 && data.pairs() != DataRecipe.Pairs.NONE) {
            throw new UserError(
                    "generator.scale: inputs are made of the pictures by shrinking them; leave data.pairs out.");
        }
        Shape input = Architectures.input(recipe);
        if (scale == 1
                && data.pairs() == DataRecipe.Pairs.NONE
                && !recipe.degrade().any()) {
            throw new UserError(
                    "degrade: nothing is done to the pictures, so there is nothing to restore; set degrade.noise,"
                            + " degrade.blocks or another, or data.pairs for pictures that come in pairs.");
        }
        checkDamage(recipe.degrade(), input.channels(), input.height());
        if (Architectures.translator(recipe).multiple(input) == 0
                && recipe.train().batch() == 1) {
            throw new UserError(
                    "train.batch is 1, and the bottleneck's batch norm sees one pixel of each picture: take at"
                            + " least 2.");
        }
        try (FeatureNetwork features = Games.features(recipe.objective())) {
            if (features != null) {
                features.check(recipe.objective().featureLayer(), input.height() * Architectures.translator(recipe).scale());
            }
        }
        if (recipe.train().pretrainSteps() > recipe.train().steps()) {
            throw new UserError("train.pretrain.steps are part of train.steps: "
                    + recipe.train().pretrainSteps() + " is more than "
                    + recipe.train().steps() + "; set fewer, or more train.steps.");
        }
    }

    /** What can be asked for and would leave pictures as they are. */
    private static void checkDamage(DegradeRecipe degrade, int channels, int side) {
        if (degrade.grey() && channels == 1) {
            throw new UserError(
                    "degrade.grey: pictures of one channel have no colours to lose; set data.channels: 3, or"
                            + " leave it out.");
        }
        int across = (side + degrade.blockSize() - 1) / degrade.blockSize();
        double most = degrade.blocks().most();
        if (most > 0 && Math.round(most * across * across) == 0) {
            throw new UserError("degrade.blocks: of " + across * across + " squares of " + degrade.blockSize() + "×"
                    + degrade.blockSize() + " pixels none would be missing; set a smaller degrade.block-size.");
        }
    }

    private static void checkRules(Recipe recipe) {
                Modalities.of(recipe.data()).codec().within(Architectures.generator(recipe).output()); // refuses what it cannot be
        checkAugment(recipe);
        NoiseGameRecipe rules = recipe.objective().noise();
        int batch = recipe.train().batch();
        if (batch % rules.packing() != 0) {
            throw new UserError(
                    "objective.packing: " + rules.packing() + " pictures are judged together, which does not"
                            + " divide train.batch, " + batch + "; set train.batch to a multiple.");
        }
        if (rules.conditional()
                && !Architectures.discriminatorNetwork(recipe, 0).output().axes().isEmpty()) {
            throw new UserError("objective.labels: this discriminator judges patches, not whole pictures; set"
                    + " discriminator.architecture to mlp, dcgan or dcgan-keras.");
        }
    }

    private static void checkAugment(Recipe recipe) {
        Codec codec = Modalities.of(recipe.data()).codec();
        if (recipe.augment().any() && codec.shape().sizes().size() != 3) {
            throw new UserError("augment.kinds: these are changes of pictures, and the data are " + codec.things()
                    + "; leave them out.");
        }
    }
}
