package io.gander.game;

import io.gander.objective.Objective;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Gradients;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Noise in, pictures out (Goodfellow et al., 2014, Algorithm 1), perhaps by class. */
record NoiseGame(
        Player generator,
        Player discriminator,
        Ema ema,
        Augment augment,
        Batches batches,
        Samples samples,
        NoiseOptions rules,
        TrainRecipe train)
        implements Game {
    private static final long GENERATOR = 1;
    private static final long DISCRIMINATOR_STEP = 2;
    private static final long GENERATOR_STEP = 3;
    private static final long UNROLLED = 4;
    private static final long PENALTIES = 5;

    /** What is drawn in a move is drawn at (seed, move), or within. */
    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            RoundMetrics metrics = new RoundMetrics(measure);
            long move = (step - 1) * rules.discriminatorSteps() + 1;
            for (; move < step * rules.discriminatorSteps(); move++) {
                try (Scope own = Scope.open()) {
                    Batches.Batch batch = batches.batch(move, Draws.of(train.seed(), move));
                    discriminatorStep(batch, fake(batch), step, move, new RoundMetrics(false));
                }
            }
            Batches.Batch batch = batches.batch(move, Draws.of(train.seed(), move));
            Tensor fake = fake(batch);
            discriminatorStep(batch, fake, step, move, metrics);
            generatorStep(batch, fake, step, metrics);
            ema.follow(step);
            return metrics.round();
        }
    }

    private Tensor fake(Batches.Batch batch) {
        return generator.model().apply(batch.input(), true, batch.draws().at(GENERATOR));
    }

    private void discriminatorStep(Batches.Batch batch, Tensor fake, long step, long move, RoundMetrics metrics) {
        Draws draws = batch.draws().at(DISCRIMINATOR_STEP);
        NoiseCritic critic = critic((x, own) -> discriminator.model().apply(x, true, own), batch, step, draws);
        Draws penalties = batch.draws().at(PENALTIES);
        Objective.DiscriminatorLoss scored = rules.regularisers()
                .discriminator(rules.objective(), critic, batch.x(), fake.detach(), step, penalties);
        Tensor loss = critic.withClasses(scored.loss(), 2);
        double norm = discriminator.learn(loss, discriminator.rateAt(step, train.steps()), move, metrics.measures());
        augment.steer(rules.objective(), scored, train.batch());
        metrics.loss("discriminator", loss);
        metrics.scores(rules.objective(), scored);
        metrics.metric("grad_discriminator", () -> norm);
    }

    private void generatorStep(Batches.Batch batch, Tensor fake, long step, RoundMetrics metrics) {
        boolean ahead = rules.unrolled() > 0;
        discriminator.model().requiresGrad(ahead); // else its gradients would be computed for nothing
        List<Tensor> opponent =
                ahead ? unrolled(batch, fake, step) : discriminator.model().parameters();
        Draws draws = batch.draws().at(GENERATOR_STEP);
        NoiseCritic critic =
                critic((x, own) -> discriminator.model().apply(x, true, own, opponent), batch, step, draws);
        Tensor loss = critic.withClasses(rules.objective().generator(critic, batch.x(), fake), 1);
        double norm = generator.learn(loss, step, metrics.measures());
        discriminator.model().requiresGrad(true);
        metrics.loss("generator", loss);
        metrics.metric("grad_generator", () -> norm);
        augment.addTo(metrics);
    }

    private List<Tensor> unrolled(Batches.Batch batch, Tensor fake, long step) {
        return ahead(
                rules.unrolled(), rules.unrolledRate(), discriminator.model().parameters(), (move, now) -> {
                    Draws draws = batch.draws().at(UNROLLED, move);
                    NoiseCritic critic =
                            critic((x, own) -> discriminator.model().apply(x, true, own, now), batch, step, draws);
                    return critic.withClasses(
                            rules.objective()
                                    .discriminator(critic, batch.x(), fake)
                                    .loss(),
                            2);
                });
    }

    /**
     * Weights some plain gradient steps later, as a function of all that the loss depends on (Metz et al., 2017).
     *
     * @param loss of a move, counted from 0, and of the weights at it
     */
    static List<Tensor> ahead(
            int moves, double rate, List<Tensor> weights, BiFunction<Integer, List<Tensor>, Tensor> loss) {
        List<Tensor> now = weights;
        for (int i = 0; i < moves; i++) {
            now = Gradients.moved(now, Tensor.gradients(loss.apply(i, now), now, true), rate);
        }
        return now;
    }

    private NoiseCritic critic(BiFunction<Tensor, Draws, Tensor> network, Batches.Batch batch, long step, Draws draws) {
        double sigma = rules.instanceNoise() * (train.steps() - step) / train.steps();
        boolean independent = discriminator.model().network().layer().independent();
        return new NoiseCritic(network, independent, rules, augment, sigma, batch.labels(), draws);
    }

    @Override
    public BufferedImage sample(int count) {
        return samples.preview(count);
    }

    @Override
    public Map<String, Double> measures() {
        return samples.measures();
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
        augment.addTo(state);
        return state;
    }

    @Override
    public String describe() {
        return Games.describe(batches.dataset(), generator, discriminator);
    }

    @Override
    public void close() {
        batches.close();
        generator.close();
        discriminator.close();
        ema.close();
        augment.close();
        samples.close();
    }
}
