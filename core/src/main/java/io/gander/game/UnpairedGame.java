package io.gander.game;

import io.gander.modality.Codec;

import java.awt.image.BufferedImage;

import io.gander.layer.Output;
import io.gander.network.Model;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.ObjectiveRecipe;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Between two sets of pictures that do not belong together one by one, in both directions (CycleGAN, Zhu et al., 2017). */
record UnpairedGame(
        UnpairedDomain a,
        UnpairedDomain b,
        Objective objective,
        Regularisers regularisers,
        Codec codec,
        ObjectiveRecipe weights,
        TrainRecipe train)
        implements Game {
    private static final long POOL = 1;
    private static final long FAKE = 2;
    private static final long CYCLE = 3;
    private static final long IDENTITY = 4;
    private static final long ADVERSARIAL = 5;
    private static final long DISCRIMINATOR_STEP = 6;
    private static final long PENALTIES = 7;
    /** Sets the noise of samples apart from that of the rounds. */
    private static final long SAMPLES = -1;

    /** Whose pictures are made or judged, in the paths of draws. */
    private static final long A = 0;

    private static final long B = 1;

    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Draws draws = Draws.of(train.seed(), step);
            RoundMetrics metrics = new RoundMetrics(measure);
            Tensor realA = a.real().batch(step);
            Tensor realB = b.real().batch(step);
            Tensor fakeB = b.translate(realA, draws.at(FAKE, B));
            Tensor fakeA = a.translate(realB, draws.at(FAKE, A));

            Tensor cycle = distance(a.translate(fakeB, draws.at(CYCLE, A)), realA)
                    .add(distance(b.translate(fakeA, draws.at(CYCLE, B)), realB));
            Tensor loss = cycle.mul(weights.cycle());
            if (weights.identity() > 0) {
                Tensor identity = distance(a.translate(realA, draws.at(IDENTITY, A)), realA)
                        .add(distance(b.translate(realB, draws.at(IDENTITY, B)), realB));
                loss = loss.add(identity.mul(weights.cycle() * weights.identity()));
            }
            if (weights.adversarial() > 0) {
                loss = loss.add(adversarial(realA, fakeA, realB, fakeB, draws.at(ADVERSARIAL))
                        .mul(weights.adversarial()));
            }
            double norm = Player.learn(loss, List.of(b.from(), a.from()), step, measure);
            metrics.loss("generator", loss);
            metrics.loss("cycle", cycle);
            metrics.metric("grad_generator", () -> norm);

            if (weights.adversarial() > 0) {
                discriminatorStep("discriminator", b, realB, fakeB.detach(), draws, step, metrics, measure);
                discriminatorStep("discriminator_back", a, realA, fakeA.detach(), draws, step, metrics, measure);
            }
            List.of(a, b).forEach(side -> side.ema().follow(step));
            return metrics.round();
        }
    }

    private static Tensor distance(Tensor one, Tensor other) {
        return one.sub(other).abs().mean();
    }

    /** What the discriminators, whose own gradients nobody wants now, think of the made pictures. */
    private Tensor adversarial(Tensor realA, Tensor fakeA, Tensor realB, Tensor fakeB, Draws draws) {
        List.of(a, b).forEach(side -> side.discriminator().model().requiresGrad(false));
        return objective
                .generator(a.critic(draws.at(A)), realA, fakeA)
                .add(objective.generator(b.critic(draws.at(B)), realB, fakeB));
    }

    private void discriminatorStep(
            String name,
            UnpairedDomain side,
            Tensor real,
            Tensor fake,
            Draws draws,
            long step,
            RoundMetrics metrics,
            boolean measure) {
        side.discriminator().model().requiresGrad(true);
        long place = name.hashCode();
        Tensor seen = side.pool()
                .exchange(
                        fake, (step - 1) * train.batch(), draws.at(POOL, place).random());
        Objective.Critic critic = side.critic(draws.at(DISCRIMINATOR_STEP, place));
        Objective.DiscriminatorLoss scored =
                regularisers.discriminator(objective, critic, real, seen, step, draws.at(PENALTIES, place));
        Tensor loss = scored.loss().mul(weights.discriminator());
        side.discriminator().learn(loss, step, measure);
        metrics.loss(name, loss);
        if (side.equals(b)) {
            metrics.scores(objective, scored);
        }
    }

    /** Rows: a, as b, and back, for the first half; then b, as a, and back. */
    @Override
    public BufferedImage sample(int count) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Model toA = a.ema().settled();
            Model toB = b.ema().settled();
            Draws draws = Draws.of(train.seed(), SAMPLES);
            Tensor realA = a.shown().batch(1);
            Tensor realB = b.shown().batch(1);
            int half = (int) Math.min((count + 1) / 2, Math.min(realA.shape()[0], realB.shape()[0]));
            Tensor firstA = realA.narrow(0, 0, half);
            Tensor firstB = realB.narrow(0, 0, half);
            Tensor fakeB = toB.apply(firstA, false, draws.at(FAKE, B));
            Tensor fakeA = toA.apply(firstB, false, draws.at(FAKE, A));
            Tensor first = Tensor.concat(0, firstA, firstB);
            Tensor there = Tensor.concat(0, fakeB, fakeA);
            Tensor backA = toA.apply(fakeB, false, draws.at(CYCLE, A));
            Tensor backB = toB.apply(fakeA, false, draws.at(CYCLE, B));
            Tensor back = Tensor.concat(0, backA, backB);
            return codec.preview(List.of(first, there, back));
        }
    }

    @Override
    public void settle() {
        List.of(a, b).forEach(side -> side.ema().settle());
    }

    /** "generator" makes b of a, "generator-back" a of b; "discriminator" judges b, "discriminator-back" a. */
    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (UnpairedDomain side : List.of(b, a)) {
            state.putAll(side.from().state());
            state.putAll(side.discriminator().state());
            state.put("pool." + side.from().name(), side.pool().state());
        }
        b.ema().addState("ema.", state);
        a.ema().addState("ema-back.", state);
        return state;
    }

    @Override
    public String describe() {
        return Games.describe(a.real().dataset(), b.from(), b.discriminator());
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
