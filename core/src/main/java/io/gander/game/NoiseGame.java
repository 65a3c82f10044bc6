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
import org.jspecify.annotations.Nullable;

/** Noise in, pictures out (Goodfellow et al., 2014, Algorithm 1, with one move each a round). */
public final class NoiseGame implements Game {
    /** Sets the fixed latents of the sample grids apart from those of the rounds. */
    private static final long SAMPLES = -1;

    /** The same for the latents with which the average's statistics are measured. */
    private static final long STATISTICS = -2;

    private static final int STATISTICS_BATCHES = 32;

    private final Player generator;
    private final Player discriminator;
    private final @Nullable Model average;
    private final Objective objective;
    private final Loader real;
    private final Latent latent;
    private final Output output;
    private final TrainRecipe train;
    /** Whether the average's statistics are those of its present weights. */
    private boolean settled;

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
        this.average = train.ema() > 0 ? generator.model().frozenCopy() : null;
        this.objective = objective;
        this.real = real;
        this.latent = latent;
        this.output = output;
        this.train = train;
    }

    @Override
    public Round play(long step, boolean measure) {
        try (Scope round = Scope.open()) {
            Engine.seed(Engine.mix(train.seed(), step));
            Objective.Critic critic = pictures -> discriminator.model().apply(pictures, true);
            Tensor x = real.batch(step);
            Tensor fake = generator.model().apply(latent.draw(train.batch()), true);

            Objective.Verdict verdict = objective.discriminator(critic, x, fake.detach());
            double discriminatorNorm = discriminator.learn(verdict.loss(), step, measure);

            discriminator.model().requiresGrad(false); // its gradients would be computed for nothing
            Tensor generatorLoss = objective.generator(critic, x, fake);
            double generatorNorm = generator.learn(generatorLoss, step, measure);
            discriminator.model().requiresGrad(true);

            if (average != null) {
                average.follow(generator.model(), 1 - decay(step));
                settled = false;
            }
            return report(verdict, generatorLoss, discriminatorNorm, generatorNorm, measure);
        }
    }

    /** The average's decay: smaller at first, so that it soon forgets the weights that the generator began with. */
    private double decay(long step) {
        return Math.min(train.ema(), (1.0 + step) / (10.0 + step));
    }

    private static Round report(
            Objective.Verdict verdict,
            Tensor generatorLoss,
            double discriminatorNorm,
            double generatorNorm,
            boolean measure) {
        Map<String, Double> losses = new LinkedHashMap<>();
        losses.put("discriminator", verdict.loss().item());
        losses.put("generator", generatorLoss.item());
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (measure) {
            metrics.put("d_real", verdict.real().detach().sigmoid().mean().item());
            metrics.put("d_fake", verdict.fake().detach().sigmoid().mean().item());
            metrics.put("grad_discriminator", discriminatorNorm);
            metrics.put("grad_generator", generatorNorm);
        }
        return new Round(losses, metrics);
    }

    @Override
    public Pictures sample(int count) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            settle();
            Engine.seed(Engine.mix(train.seed(), SAMPLES));
            Model model = average == null ? generator.model() : average;
            Tensor fake = model.apply(latent.draw(count), false);
            long[] shape = fake.shape();
            return new Pictures(
                    fake.toPixels(output.low(), output.high()), count, (int) shape[1], (int) shape[2], (int) shape[3]);
        }
    }

    /** Makes the average ready for use; it changes nothing that a round looks at. */
    private void settle() {
        if (average != null && !settled) {
            settled = true;
            average.measureStatistics(STATISTICS_BATCHES, i -> {
                Engine.seed(Engine.mix(train.seed(), STATISTICS, i));
                return latent.draw(train.batch());
            });
        }
    }

    @Override
    public Map<String, Tensor> state() {
        settle();
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.putAll(generator.state());
        state.putAll(discriminator.state());
        if (average != null) {
            average.weights().forEach((key, tensor) -> state.put("ema." + key, tensor));
        }
        return state;
    }

    @Override
    public String describe() {
        return String.format(
                java.util.Locale.ROOT,
                "generator %,d parameters · discriminator %,d parameters · %s %,d pictures %dx%dx%d",
                generator.model().network().parameters(),
                discriminator.model().network().parameters(),
                real.dataset().name(),
                real.dataset().count(),
                real.dataset().side(),
                real.dataset().side(),
                real.dataset().channels());
    }

    @Override
    public void close() {
        real.close();
        generator.close();
        discriminator.close();
        if (average != null) {
            average.close();
        }
    }
}
