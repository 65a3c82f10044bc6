package io.gander.objective;

import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * What a discriminator pays for being steep: a number that its loss grows by. The gradients are of its logits with respect to the
 * pictures; the penalty is differentiated again, with respect to its weights.
 */
interface Regulariser {
    /** Keeps a root's derivative finite where the gradient vanishes. */
    double TINY = 1e-12;

    /** How much its penalty counts; 0 for a regulariser that is off. */
    double weight();

    /**
     * The price, unweighted.
     *
     * @param real pictures that require gradients
     * @param fake pictures that require gradients, but carry no graph of the generator's
     * @param scored what the discriminator said of them
     * @param draws for the places where it looks
     * @return a single number
     */
    Tensor penalty(Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws);

    /** ‖∇D(x)‖² of each picture: [n, 1, …]. Of a map of logits, D is the mean. */
    static Tensor steepness(Tensor logits, Tensor pictures) {
        Tensor sum = logits.sum().mul((double) logits.shape()[0] / logits.count());
        Tensor gradient = Tensor.gradients(sum, List.of(pictures), true).get(0);
        long[] all = new long[pictures.shape().length - 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = i + 1L;
        }
        return gradient.square().sum(all);
    }

    /** How far ‖∇D‖ is from 1 at given pictures, squared, mean over these. */
    static Tensor fromOne(Objective.Critic critic, Tensor pictures) {
        Tensor seen = pictures.detach().requiresGrad(true);
        return steepness(critic.apply(seen), seen)
                .add(TINY)
                .sqrt()
                .add(-1)
                .square()
                .mean();
    }

    /** A number in [0, 1) for each picture: [n, 1, …]. */
    static Tensor shares(Tensor pictures, Draws draws) {
        long[] shape = pictures.shape().clone();
        Arrays.fill(shape, 1, shape.length, 1);
        return draws.uniform(0, 1, shape);
    }

    /** A point between each real picture and a fake one: ε·x + (1 − ε)·G(z). */
    static Tensor between(Tensor real, Tensor fake, Draws draws) {
        Tensor share = shares(real, draws);
        return real.mul(share).add(fake.mul(share.neg().add(1))).detach();
    }
}
