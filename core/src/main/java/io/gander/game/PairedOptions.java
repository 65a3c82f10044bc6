package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.data.Dataset;
import io.gander.data.Degradation;
import io.gander.data.DegradeRecipe;
import io.gander.data.Pairs;
import io.gander.data.Split;
import io.gander.download.FeatureWeights;
import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.modality.Codec;
import io.gander.network.FeatureNetwork;
import io.gander.network.Network;
import io.gander.objective.Content;
import io.gander.objective.Losses;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a game from pictures to given targets, {@link PairedGame}.
 *
 * @param objective what the players want
 * @param regularisers what the discriminator pays for being steep
 * @param adversarial weight of the generator's share in the game between them; 0 leaves the discriminator out
 * @param weight factor on the discriminator's loss; .5 slows it (Isola et al., 2017)
 * @param conditional whether the discriminator sees the input beside the output
 * @param content how outputs and targets are compared
 * @param degrade how inputs are made of single pictures
 * @param pretrainSteps how many of the steps the generator plays alone at first, for the pixel loss only
 * @param pretrain how it learns then
 */
record PairedOptions(
        Objective objective,
        Regularisers regularisers,
        double adversarial,
        double weight,
        boolean conditional,
        Content.Options content,
        DegradeRecipe degrade,
        int pretrainSteps,
        OptimizerRecipe pretrain)
        implements GameOptions {
    static PairedOptions read(Section root, DataRecipe data, TrainRecipe train) {
        Section section = root.section("objective");
        Section pretrain = root.section("train").section("pretrain");
        OptimizerRecipe generator = train.generator();
        return new PairedOptions(
                Losses.read(section, "non-saturating"),
                Regularisers.read(section, train.steps()),
                section.real("adversarial", 1.0, 0, 1e6),
                section.real("discriminator", 0.5, 0, 1e6),
                section.flag("conditional", true),
                Content.Options.read(section),
                degrade(root, data),
                pretrain.integer("steps", 0, 0, 100_000_000),
                generator.with(
                        pretrain.real("lr", generator.rate(), 0, 10),
                        pretrain.choice("schedule", OptimizerRecipe.Schedule.class, generator.schedule())));
    }

    private static DegradeRecipe degrade(Section root, DataRecipe data) {
        if (data.pairs() == DataRecipe.Pairs.NONE) {
            return DegradeRecipe.read(root.section("degrade"));
        }
        if (root.has("degrade")) {
            throw new UserError(root.where("degrade")
                    + " is for single pictures, and with data.pairs inputs come with their targets: leave it out.");
        }
        return DegradeRecipe.NONE;
    }

    @Override
    public boolean translates() {
        return true;
    }

    @Override
    public String samples() {
        return "Input, output, target; the same at every step.";
    }

    @Override
    public List<String> columns() {
        return List.of("input", "output", "target");
    }

    @Override
    public int stage() {
        return pretrainSteps;
    }

    @Override
    public String features() {
        return content.features();
    }

    @Override
    public List<String> files() {
        boolean file = !features().isEmpty() && !features().equals(FeatureWeights.NAME);
        return file ? List.of("objective.features") : List.of();
    }

    @Override
    public void check(Recipe recipe) {
        int scale = Architectures.translator(recipe).scale();
        DataRecipe data = recipe.data();
        boolean single = data.pairs() == DataRecipe.Pairs.NONE;
        if (data.pairs() == DataRecipe.Pairs.UNPAIRED) {
            throw new UserError(
                    "data.pairs: the game 'paired' needs pictures that belong together; for two sets that do"
                            + " not, set game: unpaired.");
        }
        if (scale > 1 && !single) {
            throw new UserError(
                    "generator.scale: inputs are made of the pictures by shrinking them; leave data.pairs out.");
        }
        Shape input = Architectures.input(recipe);
        if (scale == 1 && single && !degrade.any()) {
            throw new UserError(
                    "degrade: nothing is done to the pictures, so there is nothing to restore; set degrade.noise,"
                            + " degrade.blocks or another, or data.pairs for pictures that come in pairs.");
        }
        checkDamage(input.channels(), input.height());
        if (Architectures.translator(recipe).multiple(input) == 0
                && recipe.train().batch() == 1) {
            throw new UserError(
                    "train.batch is 1, and the bottleneck's batch norm sees one pixel of each picture: take at"
                            + " least 2.");
        }
        try (FeatureNetwork network = featureNetwork()) {
            if (network != null) {
                network.check(content.layer(), input.height() * scale);
            }
        }
        if (pretrainSteps > recipe.train().steps()) {
            throw new UserError("train.pretrain.steps are part of train.steps: "
                    + pretrainSteps + " is more than "
                    + recipe.train().steps() + "; set fewer, or more train.steps.");
        }
        Games.checkNetworks(this, recipe);
    }

    /** What can be asked for and would leave pictures as they are. */
    private void checkDamage(int channels, int side) {
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

    @Override
    public Network generator(Recipe recipe, int classes) {
        return Architectures.translatorNetwork(recipe, Architectures.input(recipe));
    }

    @Override
    public Network discriminator(Recipe recipe, int classes) {
        Shape judged = Games.together(seesInput(recipe) ? 2 : 1, Architectures.image(recipe));
        return Architectures.discriminator(recipe).network(judged);
    }

    /** Only where input and output are of one size can the discriminator see both. */
    private boolean seesInput(Recipe recipe) {
        return conditional && Architectures.translator(recipe).scale() == 1;
    }

    private @Nullable FeatureNetwork featureNetwork() {
        return content.perceptual() > 0 ? FeatureNetwork.open(FeatureWeights.place(features())) : null;
    }

    @Override
    public Game create(Recipe recipe, List<Split> data) {
        Dataset dataset = data.get(0).training();
        Dataset shown = Games.shown(data.get(0));
        TrainRecipe train = recipe.train();
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Output output = architecture.output();
        Codec codec = dataset.codec().within(output);
        Degradation degradation = new Degradation(degrade, architecture.scale(), output);
        Player generator = Games.generator(recipe, "generator", generator(recipe, 0), 0);
        Pairs pairs = Pairs.of(
                recipe.data(), dataset, codec, degradation, train.batch(), Draws.mix(train.seed(), Games.DATA_ORDER));
        return new PairedGame(
                generator,
                Games.discriminator(recipe, "discriminator", discriminator(recipe, 0), 0),
                new Ema(generator, train.ema(), i -> pairs.batch(i + 1L).input(), Games.statistics(recipe)),
                new Content(content, featureNetwork(), output),
                pairs,
                Pairs.of(
                        recipe.data(),
                        shown,
                        codec.plain(),
                        degradation,
                        Math.min(train.samples(), shown.count()),
                        Draws.mix(train.seed(), Games.SHOWN)),
                codec,
                output,
                seesInput(recipe),
                this,
                train);
    }
}
