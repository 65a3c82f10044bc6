package io.gander.game;

import io.gander.data.Pictures;
import io.gander.objective.Objective;
import io.gander.objective.Regularisers;
import io.gander.recipe.NoiseGameRecipe;
import io.gander.recipe.TrainRecipe;
import io.gander.tensor.Engine;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Noise in, pictures out (Goodfellow et al., 2014, Algorithm 1), perhaps by class. */
record NoiseGame(
        Player generator,
        Player discriminator,
        Average average,
        Objective objective,
        Regularisers regularisers,
        Augment augment,
        Dealer dealer,
        Gallery gallery,
        NoiseGameRecipe rules,
        TrainRecipe train)
        implements Game {
    @Override
    public Round play(long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Engine.seed(Engine.mix(train.seed(), step));
            Tally tally = new Tally(measure);
            long move = (step - 1) * rules.discriminatorSteps() + 1;
            for (; move < step * rules.discriminatorSteps(); move++) {
                try (Scope own = Scope.open()) {
                    Dealer.Hand hand = dealer.deal(move);
                    accuse(hand, fake(hand), step, move, new Tally(false));
                }
            }
            Dealer.Hand hand = dealer.deal(move);
            Tensor fake = fake(hand);
            accuse(hand, fake, step, move, tally);
            defend(hand, fake, step, tally);
            average.follow(step);
            return tally.round();
        }
    }

    private Tensor fake(Dealer.Hand hand) {
        return generator.model().apply(hand.input(), true);
    }

    private void accuse(Dealer.Hand hand, Tensor fake, long step, long move, Tally tally) {
        Judge judge = judge(pictures -> discriminator.model().apply(pictures, true), hand, step);
        Objective.Verdict verdict = regularisers.discriminator(objective, judge, hand.x(), fake.detach(), step);
        Tensor loss = judge.withClasses(verdict.loss(), 2);
        double norm = discriminator.learn(loss, discriminator.rateAt(step, train.steps()), move, tally.measures());
        augment.steer(objective, verdict, train.batch());
        tally.loss("discriminator", loss);
        tally.scores(objective, verdict);
        tally.metric("grad_discriminator", () -> norm);
    }

    private void defend(Dealer.Hand hand, Tensor fake, long step, Tally tally) {
        boolean ahead = rules.unrolled() > 0;
        discriminator.model().requiresGrad(ahead); // else its gradients would be computed for nothing
        List<Tensor> opponent =
                ahead ? unrolled(hand, fake, step) : discriminator.model().parameters();
        Judge judge = judge(pictures -> discriminator.model().apply(pictures, true, opponent), hand, step);
        Tensor loss = judge.withClasses(objective.generator(judge, hand.x(), fake), 1);
        double norm = generator.learn(loss, step, tally.measures());
        discriminator.model().requiresGrad(true);
        tally.loss("generator", loss);
        tally.metric("grad_generator", () -> norm);
        augment.addTo(tally);
    }

    private List<Tensor> unrolled(Dealer.Hand hand, Tensor fake, long step) {
        return ahead(
                rules.unrolled(), rules.unrolledRate(), discriminator.model().parameters(), now -> {
                    Judge judge = judge(pictures -> discriminator.model().apply(pictures, true, now), hand, step);
                    return judge.withClasses(
                            objective.discriminator(judge, hand.x(), fake).loss(), 2);
                });
    }

    /** Weights some plain gradient steps later, as a function of all that the loss depends on (Metz et al., 2017). */
    static List<Tensor> ahead(int moves, double rate, List<Tensor> weights, Function<List<Tensor>, Tensor> loss) {
        List<Tensor> now = weights;
        for (int i = 0; i < moves; i++) {
            now = Tensor.moved(now, Tensor.gradients(loss.apply(now), now, true), rate);
        }
        return now;
    }

    private Judge judge(UnaryOperator<Tensor> network, Dealer.Hand hand, long step) {
        double sigma = rules.instanceNoise() * (train.steps() - step) / train.steps();
        boolean independent = discriminator.model().network().layer().independent();
        return new Judge(network, independent, rules, augment, sigma, hand.labels());
    }

    @Override
    public Pictures sample(int count) {
        return gallery.pictures(count);
    }

    @Override
    public Map<String, Double> measures() {
        return gallery.measures();
    }

    @Override
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>(generator.state());
        state.putAll(discriminator.state());
        average.addState("ema.", state);
        augment.addState(state);
        return state;
    }

    @Override
    public String describe() {
        return Games.describe(dealer.dataset(), generator, discriminator);
    }

    @Override
    public void close() {
        dealer.close();
        generator.close();
        discriminator.close();
        average.close();
        augment.close();
        gallery.close();
    }
}
