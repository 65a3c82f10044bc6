package io.gander.game;

import io.gander.objective.Objective;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Engine;
import io.gander.tensor.Gradients;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

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
    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Engine.seed(Engine.mix(train.seed(), step));
            RoundMetrics metrics = new RoundMetrics(measure);
            long move = (step - 1) * rules.discriminatorSteps() + 1;
            for (; move < step * rules.discriminatorSteps(); move++) {
                try (Scope own = Scope.open()) {
                    Batches.Batch batch = batches.batch(move);
                    discriminatorStep(batch, fake(batch), step, move, new RoundMetrics(false));
                }
            }
            Batches.Batch batch = batches.batch(move);
            Tensor fake = fake(batch);
            discriminatorStep(batch, fake, step, move, metrics);
            generatorStep(batch, fake, step, metrics);
            ema.follow(step);
            return metrics.round();
        }
    }

    private Tensor fake(Batches.Batch batch) {
        return generator.model().apply(batch.input(), true);
    }

    private void discriminatorStep(Batches.Batch batch, Tensor fake, long step, long move, RoundMetrics metrics) {
        NoiseCritic critic = critic(pictures -> discriminator.model().apply(pictures, true), batch, step);
        Objective.DiscriminatorLoss scored =
                rules.regularisers().discriminator(rules.objective(), critic, batch.x(), fake.detach(), step);
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
        NoiseCritic critic = critic(pictures -> discriminator.model().apply(pictures, true, opponent), batch, step);
        Tensor loss = critic.withClasses(rules.objective().generator(critic, batch.x(), fake), 1);
        double norm = generator.learn(loss, step, metrics.measures());
        discriminator.model().requiresGrad(true);
        metrics.loss("generator", loss);
        metrics.metric("grad_generator", () -> norm);
        augment.addTo(metrics);
    }

    private List<Tensor> unrolled(Batches.Batch batch, Tensor fake, long step) {
        return ahead(
                rules.unrolled(), rules.unrolledRate(), discriminator.model().parameters(), now -> {
                    NoiseCritic critic =
                            critic(pictures -> discriminator.model().apply(pictures, true, now), batch, step);
                    return critic.withClasses(
                            rules.objective()
                                    .discriminator(critic, batch.x(), fake)
                                    .loss(),
                            2);
                });
    }

    /** Weights some plain gradient steps later, as a function of all that the loss depends on (Metz et al., 2017). */
    static List<Tensor> ahead(int moves, double rate, List<Tensor> weights, Function<List<Tensor>, Tensor> loss) {
        List<Tensor> now = weights;
        for (int i = 0; i < moves; i++) {
            now = Gradients.moved(now, Tensor.gradients(loss.apply(now), now, true), rate);
        }
        return now;
    }

    private NoiseCritic critic(UnaryOperator<Tensor> network, Batches.Batch batch, long step) {
        double sigma = rules.instanceNoise() * (train.steps() - step) / train.steps();
        boolean independent = discriminator.model().network().layer().independent();
        return new NoiseCritic(network, independent, rules, augment, sigma, batch.labels());
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
