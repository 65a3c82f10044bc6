package io.gander.game;

import io.gander.objective.Objective;
import io.gander.tensor.Draws;
import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The discriminator as a game from noise asks it: what it sees may be noisy and changed, several examples may be judged at once, and
 * of a game with labels the logit is that of the example's class.
 */
final class NoiseCritic implements Objective.Critic {
    private static final long NETWORK = 0;
    private static final long AUGMENT = 1;
    private static final long NOISE = 2;

    private final BiFunction<Tensor, Draws, Tensor> network;
    private final boolean independent;
    private final NoiseOptions rules;
    private final Augment augment;
    private final double sigma;
    private final @Nullable Tensor labels;
    private final Draws draws;
    private final List<Tensor> named = new ArrayList<>();
    private long looks;

    /**
     * @param independent whether the network says of an example the same, whatever lies beside it in the batch
     * @param sigma of the noise on what it sees
     * @param labels [n, classes], one-hot; null for none
     * @param draws for noise, changes and what the network drops, each time it looks at (look)
     */
    NoiseCritic(
            BiFunction<Tensor, Draws, Tensor> network,
            boolean independent,
            NoiseOptions rules,
            Augment augment,
            double sigma,
            @Nullable Tensor labels,
            Draws draws) {
        this.network = network;
        this.independent = independent;
        this.rules = rules;
        this.augment = augment;
        this.sigma = sigma;
        this.labels = labels;
        this.draws = draws;
    }

    @Override
    public Tensor apply(Tensor examples) {
        Draws look = draws.at(looks++);
        return ofClass(network.apply(seen(examples, look), look.at(NETWORK)));
    }

    /** In one pass, unless penalties want the gradient to each of them. */
    @Override
    public Objective.Logits both(Tensor real, Tensor fake) {
        if (!independent || real.requiresGrad() || fake.requiresGrad()) {
            return Objective.Critic.super.both(real, fake);
        }
        Draws look = draws.at(looks++);
        Tensor x = seen(real, look);
        Tensor logits = network.apply(Tensor.concat(0, x, seen(fake, draws.at(looks++))), look.at(NETWORK));
        long count = x.shape()[0];
        Tensor onReal = ofClass(logits.narrow(0, 0, count));
        return new Objective.Logits(onReal, ofClass(logits.narrow(0, count, count)));
    }

    private Tensor seen(Tensor examples, Draws look) {
        Tensor seen = augment.apply(examples, look.at(AUGMENT));
        if (sigma > 0) {
            seen = seen.add(look.at(NOISE).normal(seen.shape()).mul(sigma));
        }
        return packed(seen);
    }

    private Tensor ofClass(Tensor logits) {
        if (labels == null) {
            return logits;
        }
        long classes = labels.shape()[1];
        Tensor own = logits.narrow(1, 0, 1);
        Tensor ofClasses = logits.narrow(1, 1, classes);
        named.add(ofClasses);
        return switch (rules.labels()) {
            case PROJECTION -> own.add(ofClasses.mul(labels).sum(1));
            case AUXILIARY, NONE -> own;
        };
    }

    /** Neighbours in the batch become one example of more channels. */
    private Tensor packed(Tensor examples) {
        int together = rules.packing();
        if (together == 1) {
            return examples;
        }
        long[] shape = examples.shape();
        shape[0] /= together;
        shape[1] *= together;
        return examples.reshape(shape);
    }

    /**
     * A loss, and what the classifier in the discriminator adds to it, if there is one.
     *
     * @param asked how many of the calls so far count, from the first
     */
    Tensor withClasses(Tensor loss, int asked) {
        if (labels == null || rules.labels() != NoiseOptions.Labels.AUXILIARY) {
            return loss;
        }
        Tensor sum = loss;
        for (Tensor logits : named.subList(0, asked)) {
            sum = sum.add(Functional.crossEntropy(logits, labels).mul(rules.auxiliary()));
        }
        return sum;
    }
}
