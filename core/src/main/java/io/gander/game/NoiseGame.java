package io.gander.game;

import io.gander.data.Loader;
import io.gander.data.Pictures;
import io.gander.network.Latent;
import io.gander.network.Model;
import io.gander.network.Output;
import io.gander.objective.Objective;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Engine;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Noise in, pictures out (Goodfellow et al., 2014, Algorithm 1, with one move each a round). */
public final class NoiseGame implements Game {
    /** Sets the fixed latents of the sample grids apart from those of the rounds. */
    private static final long SAMPLES = -1;

    /** The same for the latents with which the average's statistics are measured. */
    private static final long STATISTICS = -2;

    private final Player generator;
    private final Player discriminator;
    private final Average average;
    private final Objective objective;
    private final Loader real;
    private final Latent latent;
    private final Output output;
    private final TrainRecipe train;

    NoiseGame(
            Player generator,
            Player discriminator,
            Objective objective,
            Loader real,
            Latent latent,
            Output output,
            TrainRecipe train) {
        this.generator = generator;
        this.discriminator = discriminator;
        this.average = new Average(generator, train.ema(), i -> {
            Engine.seed(Engine.mix(train.seed(), STATISTICS, i));
            return latent.draw(train.batch());
        });
        this.objective = objective;
        this.real = real;
        this.latent = latent;
        this.output = output;
        this.train = train;
    }

    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Engine.seed(Engine.mix(train.seed(), step));
            Tally tally = new Tally(measure);
            Objective.Critic critic = pictures -> discriminator.model().apply(pictures, true);
            Tensor x = real.batch(step);
            Tensor fake = generator.model().apply(latent.draw(train.batch()), true);

            Objective.Verdict verdict = objective.discriminator(critic, x, fake.detach());
            double discriminatorNorm = discriminator.learn(verdict.loss(), step, measure);

            discriminator.model().requiresGrad(false); // its gradients would be computed for nothing
            Tensor loss = objective.generator(critic, x, fake);
            double generatorNorm = generator.learn(loss, step, measure);
            discriminator.model().requiresGrad(true);

            average.follow(step);
            tally.loss("discriminator", verdict.loss());
            tally.loss("generator", loss);
            tally.scores(objective, verdict);
            tally.metric("grad_discriminator", () -> discriminatorNorm);
            tally.metric("grad_generator", () -> generatorNorm);
            return tally.round();
        }
    }

    @Override
    public Pictures sample(int count) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Model model = average.model();
            Engine.seed(Engine.mix(train.seed(), SAMPLES));
            Tensor fake = model.apply(latent.draw(count), false);
            return Strips.of(output, count, fake, fake);
        }
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(generator.state());
        state.putAll(discriminator.state());
        average.addState("ema.", state);
        return state;
    }

    @Override
    public String describe() {
        return Games.describe(real.dataset(), generator, discriminator);
    }

    @Override
    public void close() {
        real.close();
        generator.close();
        discriminator.close();
        average.close();
    }
}
