package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.data.Dataset;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.layer.LabelEmbedding;
import io.gander.layer.Layers;
import io.gander.layer.Shape;
import io.gander.metric.Measuring;
import io.gander.modality.Codec;
import io.gander.modality.Modalities;
import io.gander.network.Network;
import io.gander.objective.Losses;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import java.util.List;

/**
 * The rules of a game from noise, {@link NoiseGame}.
 *
 * @param objective what the players want
 * @param regularisers what the discriminator pays for being steep
 * @param discriminatorSteps moves of the discriminator a round, each on pictures and latents of its own
 * @param packing pictures that the discriminator judges together (Lin et al., 2018)
 * @param unrolled moves of the discriminator that the generator looks ahead (Metz et al., 2017)
 * @param unrolledRate the learning rate of these moves, which are plain gradient steps
 * @param instanceNoise σ of the noise on all that the discriminator sees, at the first step; it falls in a straight line to 0
 *     at the last (Sønderby et al., 2017)
 * @param labels how the discriminator is told the classes
 * @param auxiliary weight of the classifier's loss, for {@link Labels#AUXILIARY}
 * @param embedding numbers that a class becomes beside the generator's latents; few of these, or the class drowns the latents, and all pictures of
 *     a class are one
 * @param augment how pictures are changed before the discriminator sees them
 * @param guard what watches over the game
 * @param measureEvery steps between measurements of the samples, where something is known of the data
 * @param classifier a file of {@code gander classifier} that the samples are measured with; empty for what comes with Gander
 */
record NoiseOptions(
        Objective objective,
        Regularisers regularisers,
        int discriminatorSteps,
        int packing,
        int unrolled,
        double unrolledRate,
        double instanceNoise,
        Labels labels,
        double auxiliary,
        int embedding,
        AugmentRecipe augment,
        Guarding guard,
        int measureEvery,
        String classifier)
        implements GameOptions {
    /** How a game is class-conditional. */
    enum Labels {
        /** It is not. */
        NONE,
        /** The logit has a part for each class (Miyato and Koyama, 2018). */
        PROJECTION,
        /** The discriminator also names the class (Odena et al., 2017). */
        AUXILIARY
    }

    static NoiseOptions read(Section root, DataRecipe data, TrainRecipe train) {
        Section section = root.section("objective");
        Objective objective = Losses.read(section, "non-saturating");
        Regularisers regularisers = Regularisers.read(section, train.steps());
        Labels labels = section.choice("labels", Labels.class, Labels.NONE);
        boolean told = labels != Labels.NONE;
        int unrolled = section.integer("unrolled", 0, 0, 50);
        NoiseOptions options = new NoiseOptions(
                objective,
                regularisers,
                section.integer("discriminator-steps", 1, 1, 100),
                section.integer("packing", 1, 1, 64),
                unrolled,
                unrolled > 0 ? section.real("unrolled-lr", 0.1, 0, 10) : 0,
                section.real("instance-noise", 0.0, 0, 10),
                labels,
                labels == Labels.AUXILIARY ? section.real("auxiliary", 1.0, 0, 1e6) : 0,
                told ? section.integer("embedding", 10, 1, 4096) : 0,
                AugmentRecipe.read(root.section("augment")),
                root.choice("guard", Guarding.class, Guarding.WATCH),
                root.section("train").integer("measure-every", Math.max(50, train.steps() / 20), 1, Integer.MAX_VALUE),
                root.section("train").text("classifier", ""));
        if (told && options.packing > 1) {
            throw new UserError(section.where("packing")
                    + ": pictures that are judged together have no one class; leave out either packing or labels.");
        }
        return options;
    }

    /** Whether pictures are made and judged by class. */
    boolean conditional() {
        return labels != Labels.NONE;
    }

    @Override
    public boolean translates() {
        return false;
    }

    @Override
    public String samples() {
        return "The same latents at every step.";
    }

    @Override
    public List<String> files() {
        return classifier.isEmpty() ? List.of() : List.of("train.classifier");
    }

    @Override
    public List<String> free() {
        return List.of("train.measure-every", "train.classifier");
    }

    @Override
    public void check(Recipe recipe) {
        Codec codec = Modalities.of(recipe.data()).codec();
        codec.within(Architectures.generator(recipe).output()); // refuses what it cannot be
        if (augment.any() && codec.shape().sizes().size() != 3) {
            throw new UserError("augment.kinds: these are changes of pictures, and the data are " + codec.things()
                    + "; leave them out.");
        }
        int batch = recipe.train().batch();
        if (batch % packing != 0) {
            throw new UserError("objective.packing: " + packing + " pictures are judged together, which does not"
                    + " divide train.batch, " + batch + "; set train.batch to a multiple.");
        }
        if (conditional() && !discriminator(recipe, 0).output().axes().isEmpty()) {
            throw new UserError("objective.labels: this discriminator judges patches, not whole pictures; set"
                    + " discriminator.architecture to mlp, dcgan or dcgan-keras.");
        }
        if (recipe.data().pairs() != DataRecipe.Pairs.NONE) {
            boolean named = recipe.data().name() != DataName.FILES; // whose pairs cannot be taken apart
            throw new UserError(
                    "data.pairs: the game 'noise' plays with single pictures, and these are pairs or two sets; "
                            + (named
                                    ? "choose another set."
                                    : "leave data.pairs out to take each file as one picture."));
        }
        Games.checkNetworks(this, recipe);
    }

    @Override
    public List<String> classes(Dataset data) {
        if (!conditional()) {
            return List.of();
        }
        if (data.labels().isEmpty()) {
            throw new UserError("objective.labels: the examples of '" + data.name()
                    + "' have no classes: sort them into a folder for each class, or leave objective.labels out.");
        }
        return data.labels();
    }

    /** In a game with labels the class comes in behind the latents, one-hot. */
    @Override
    public Network generator(Recipe recipe, int classes) {
        GeneratorArchitecture architecture = Architectures.generator(recipe);
        Shape image = Architectures.image(recipe);
        if (!conditional()) {
            return architecture.network(image);
        }
        int latent = architecture.latent().size();
        Network inner = architecture.network(image, latent + embedding);
        return new Network(
                inner.name(),
                Shape.of(latent + told(classes)),
                Layers.sequential(new LabelEmbedding(latent, embedding), inner.layer()),
                inner.initializer());
    }

    /** Of one logit or, in a game with labels, one more for each class. */
    @Override
    public Network discriminator(Recipe recipe, int classes) {
        Shape judged = Games.together(packing, Architectures.image(recipe));
        return Architectures.discriminator(recipe).network(judged, conditional() ? 1 + told(classes) : 1);
    }

    /** How many classes are told apart; 1 before the data was opened. */
    private static int told(int classes) {
        return Math.max(1, classes);
    }

    @Override
    public Game create(Recipe recipe, List<Split> data) {
        Dataset dataset = data.get(0).training();
        GeneratorArchitecture architecture = Architectures.generator(recipe);
        Codec codec = dataset.codec().within(architecture.output());
        int classes = classes(dataset).size();
        TrainRecipe train = recipe.train();
        Player generator = Games.generator(recipe, "generator", generator(recipe, classes), 0);
        Batches batches = new Batches(Games.loader(recipe, dataset, codec, 0), architecture.latent(), classes);
        Player discriminator = Games.discriminator(recipe, "discriminator", discriminator(recipe, classes), 0);
        Draws statistics = Games.statistics(recipe);
        Ema ema = new Ema(generator, train.ema(), i -> batches.samples(train.batch(), statistics.at(i)), statistics);
        return new NoiseGame(
                generator,
                discriminator,
                ema,
                new Augment(augment, architecture.output()),
                batches,
                new Samples(
                        ema,
                        discriminator.model(),
                        batches,
                        codec,
                        packing,
                        train.seed(),
                        Measuring.of(recipe, dataset)),
                this,
                train);
    }
}
