package io.gander.game;

import io.gander.data.Pairs;
import io.gander.data.Pairs.Pair;
import io.gander.layer.Output;
import io.gander.modality.Codec;
import io.gander.network.Model;
import io.gander.objective.Content;
import io.gander.objective.Objective;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.stream.Stream;

/**
 * Pictures in, pictures out that shall be like given targets: translation (Pix2Pix, Isola et al., 2017), restoration (context
 * encoders, Pathak et al., 2016), super-resolution (SRGAN, Ledig et al., 2017; ESRGAN, Wang et al., 2018). At first the
 * generator may learn alone, to be like the target pixel by pixel; then against a discriminator too.
 *
 * @param shown what samples are made of
 * @param conditional whether the discriminator sees the input beside the output
 */
record PairedGame(
        Player generator,
        Player discriminator,
        Ema ema,
        Content content,
        Pairs pairs,
        Pairs shown,
        Codec codec,
        Output output,
        boolean conditional,
        PairedOptions rules,
        TrainRecipe train)
        implements Game {
    /** Sets the noise of samples apart from that of the rounds. */
    private static final long SAMPLES = -1;

    private static final long GENERATOR = 0;
    private static final long DISCRIMINATOR = 1;
    private static final long PENALTIES = 2;

    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            RoundMetrics metrics = new RoundMetrics(measure);
            Pair pair = pairs.batch(step);
            Draws draws = Draws.of(train.seed(), step);
            Tensor fake = generator.model().apply(pair.input(), true, draws.at(GENERATOR));
            metrics.metric("psnr", () -> psnr(fake.detach(), pair.target()));

            if (step <= rules.pretrainSteps()) {
                Tensor loss = content.pixels(fake, pair.target());
                double norm =
                        generator.learn(loss, rules.pretrain().rateAt(step, rules.pretrainSteps()), step, measure);
                metrics.loss("generator", loss);
                metrics.metric("grad_generator", () -> norm);
            } else {
                adversarialStep(step, pair, fake, draws, metrics, measure);
            }
            ema.follow(step);
            return metrics.round();
        }
    }

    private void adversarialStep(
            long step, Pair pair, Tensor fake, Draws draws, RoundMetrics metrics, boolean measure) {
        Tensor loss = content.loss(fake, pair.target());
        metrics.part("content", loss);
        if (rules.adversarial() > 0) {
            Objective.Critic critic = new ModelCritic(
                    (pictures, own) -> discriminator.model().apply(seen(pair.input(), pictures), true, own),
                    draws.at(DISCRIMINATOR));
            Objective.DiscriminatorLoss scored = rules.regularisers()
                    .discriminator(
                            rules.objective(),
                            critic,
                            pair.target(),
                            fake.detach(),
                            step - alone(),
                            draws.at(PENALTIES));
            Tensor discriminatorLoss = scored.loss().mul(rules.weight());
            double norm = discriminator.learn(discriminatorLoss, rate(discriminator, step), step - alone(), measure);
            metrics.loss("discriminator", discriminatorLoss);
            metrics.scores(rules.objective(), scored);
            metrics.metric("grad_discriminator", () -> norm);

            discriminator.model().requiresGrad(false); // its gradients would be computed for nothing
            Tensor adversarial = rules.objective().generator(critic, pair.target(), fake);
            loss = loss.add(adversarial.mul(rules.adversarial()));
        }
        double norm = generator.learn(loss, rate(generator, step), step, measure);
        discriminator.model().requiresGrad(true);
        metrics.loss("generator", loss);
        metrics.metric("grad_generator", () -> norm);
    }

    /** The schedule begins when the adversarialStep does. */
    private double rate(Player player, long step) {
        return player.rateAt(step - alone(), train.steps() - alone());
    }

    /** Steps that the generator plays alone; the discriminator's own count begins after them. */
    private long alone() {
        return rules.pretrainSteps();
    }

    private Tensor seen(Tensor input, Tensor pictures) {
        return conditional ? Tensor.concat(1, input, pictures) : pictures;
    }

    /** Of the batch, decibels. */
    private double psnr(Tensor fake, Tensor target) {
        double error = fake.clamp(output.low(), output.high())
                .sub(target)
                .square()
                .mean()
                .item();
        return -10 * Math.log10(error) + 20 * Math.log10(output.high() - output.low());
    }

    /** Each row: input, output, target. */
    @Override
    public BufferedImage sample(int count) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Model model = ema.settled();
            Pair pair = shown.batch(1);
            Tensor made = model.apply(pair.input(), false, Draws.of(train.seed(), SAMPLES));
            long n = Math.min(count, made.shape()[0]);
            return codec.preview(Stream.of(pair.input(), made, pair.target())
                    .map(column -> column.narrow(0, 0, n))
                    .toList());
        }
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
        String players = Games.describe(pairs.dataset(), generator, discriminator);
        return pairs.direction().isEmpty() ? players : players + " · " + pairs.direction();
    }

    @Override
    public void close() {
        pairs.close();
        shown.close();
        ema.close();
        generator.close();
        discriminator.close();
        content.close();
    }
}
