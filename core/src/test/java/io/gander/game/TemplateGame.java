package io.gander.game;

import io.gander.architecture.Architectures;
import io.gander.architecture.GeneratorArchitecture;
import io.gander.data.Dataset;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.metric.Measuring;
import io.gander.modality.Codec;
import io.gander.modality.Modalities;
import io.gander.network.Network;
import io.gander.objective.Losses;
import io.gander.objective.Objective;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.Section;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;

// template
/** A template: noise in, examples out; the discriminator moves once a round, and then the generator several times. */
record TemplateGame(
        Player generator,
        Player discriminator,
        Ema ema,
        Batches batches,
        Samples samples,
        Options rules,
        TrainRecipe train)
        implements Game {
    /** Its keys, its checks, its making. */
    record Options(Objective objective, int generatorSteps) implements GameOptions {
        static Options read(Section root, DataRecipe data, TrainRecipe train) {
            Section section = root.section("objective");
            return new Options(Losses.read(section, "non-saturating"), section.integer("generator-steps", 2, 1, 100));
        }

        @Override
        public boolean translates() {
            return false;
        }

        @Override
        public String samples() {
            return "The same latents at every step.";
        }

        /** Before the data is decoded, which may take long. */
        @Override
        public void check(Recipe recipe) {
            if (recipe.data().pairs() != DataRecipe.Pairs.NONE) {
                throw new UserError("data.pairs: the game 'template' plays with single examples; leave it out.");
            }
            Modalities.of(recipe.data())
                    .codec()
                    .within(Architectures.generator(recipe).output());
            Games.checkNetworks(this, recipe);
        }

        @Override
        public Network generator(Recipe recipe, int classes) {
            return Architectures.generator(recipe).network(Architectures.image(recipe));
        }

        @Override
        public Network discriminator(Recipe recipe, int classes) {
            return Architectures.discriminator(recipe).network(Architectures.image(recipe));
        }

        @Override
        public Game create(Recipe recipe, List<Split> data) {
            Dataset dataset = data.get(0).training();
            TrainRecipe train = recipe.train();
            GeneratorArchitecture architecture = Architectures.generator(recipe);
            Codec codec = dataset.codec().within(architecture.output());
            Batches batches = new Batches(Games.loader(recipe, dataset, codec, 0), architecture.latent(), 0);
            Player generator = Games.generator(recipe, "generator", generator(recipe, 0), 0);
            Player discriminator = Games.discriminator(recipe, "discriminator", discriminator(recipe, 0), 0);
            Draws statistics = Games.statistics(recipe);
            Ema ema =
                    new Ema(generator, train.ema(), i -> batches.samples(train.batch(), statistics.at(i)), statistics);
            Samples samples = new Samples(
                    ema, discriminator.model(), batches, codec, 1, train.seed(), Measuring.of(recipe, dataset));
            return new TemplateGame(generator, discriminator, ema, batches, samples, this, train);
        }
    }

    /** Random numbers depend on the seed, the step and the place alone, so that a run can be resumed to the bit. */
    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) { // every tensor of the round dies with it
            Draws draws = Draws.of(train.seed(), step);
            RoundMetrics metrics = new RoundMetrics(measure);
            Batches.Batch batch = batches.batch(step, draws);
            discriminatorStep(batch, step, metrics);
            for (int i = 1; i <= rules.generatorSteps; i++) {
                generatorStep(batch.x(), draws.at(i), step, (step - 1) * rules.generatorSteps + i, metrics);
            }
            ema.follow(step);
            return metrics.round();
        }
    }

    private void discriminatorStep(Batches.Batch batch, long step, RoundMetrics metrics) {
        Draws draws = batch.draws().at(0);
        Tensor fake = generator.model().apply(batch.input(), true, draws.at(0)).detach();
        Objective.DiscriminatorLoss scored = rules.objective.discriminator(critic(draws.at(1)), batch.x(), fake);
        discriminator.learn(scored.loss(), step, metrics.measures());
        metrics.loss("discriminator", scored.loss());
        metrics.scores(rules.objective, scored);
    }

    private void generatorStep(Tensor real, Draws draws, long step, long move, RoundMetrics metrics) {
        Tensor fake = generator.model().apply(batches.samples(train.batch(), draws), true, draws.at(0));
        Tensor loss = rules.objective.generator(critic(draws.at(1)), real, fake);
        generator.learn(loss, generator.rateAt(step, train.steps()), move, metrics.measures());
        metrics.loss("generator", loss);
    }

    private Objective.Critic critic(Draws draws) {
        return new ModelCritic((examples, own) -> discriminator.model().apply(examples, true, own), draws);
    }

    @Override
    public BufferedImage sample(int count) {
        return samples.preview(count);
    }

    @Override
    public void settle() {
        ema.settle();
    }

    @Override
    public GameState state() {
        GameState state = new GameState();
        generator.addTo(state);
        discriminator.addTo(state);
        ema.addTo(state);
        return state;
    }

    @Override
    public String describe() {
        return Games.describe(batches.dataset(), generator, discriminator);
    }

    @Override
    public void close() {
        batches.close();
        samples.close();
        ema.close();
        generator.close();
        discriminator.close();
    }
}
// end of template
