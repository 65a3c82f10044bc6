package io.gander.game;

import io.gander.modality.Codec;
import io.gander.network.Model;
import io.gander.objective.Objective;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Between two sets of pictures that do not belong together one by one, in both directions (CycleGAN, Zhu et al., 2017). */
record UnpairedGame(UnpairedDomain a, UnpairedDomain b, Codec codec, UnpairedOptions rules, TrainRecipe train)
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
            Tensor loss = cycle.mul(rules.cycle());
            if (rules.identity() > 0) {
                Tensor identity = distance(a.translate(realA, draws.at(IDENTITY, A)), realA)
                        .add(distance(b.translate(realB, draws.at(IDENTITY, B)), realB));
                loss = loss.add(identity.mul(rules.cycle() * rules.identity()));
            }
            if (rules.adversarial() > 0) {
                loss = loss.add(adversarial(realA, fakeA, realB, fakeB, draws.at(ADVERSARIAL))
                        .mul(rules.adversarial()));
            }
            double norm = Player.learn(loss, List.of(b.from(), a.from()), step, measure);
            metrics.loss("generator", loss);
            metrics.part("cycle", cycle);
            metrics.metric("grad_generator", () -> norm);

            if (rules.adversarial() > 0) {
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
        return rules.objective()
                .generator(a.critic(draws.at(A)), realA, fakeA)
                .add(rules.objective().generator(b.critic(draws.at(B)), realB, fakeB));
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
        SplittableRandom random = draws.at(POOL, place).random();
        Tensor seen = side.pool().exchange(fake, (step - 1) * train.batch(), random);
        Objective.Critic critic = side.critic(draws.at(DISCRIMINATOR_STEP, place));
        Objective.DiscriminatorLoss scored = rules.regularisers()
                .discriminator(rules.objective(), critic, real, seen, step, draws.at(PENALTIES, place));
        Tensor loss = scored.loss().mul(rules.weight());
        side.discriminator().learn(loss, step, measure);
        metrics.loss(name, loss);
        if (side.equals(b)) {
            metrics.scores(rules.objective(), scored);
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
    public GameState state() {
        GameState state = new GameState();
        for (UnpairedDomain side : List.of(b, a)) {
            side.from().addTo(state);
            side.discriminator().addTo(state);
            state.add("pool", "pool.", Map.of(side.from().name(), side.pool().state()));
        }
        b.ema().addTo(state);
        a.ema().addTo(state);
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
