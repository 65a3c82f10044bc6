package io.gander.objective;

import io.gander.tensor.Tensor;
import java.util.function.UnaryOperator;

/** What each player wants, as a loss to make small. It sees the discriminator, the real examples and the fake ones. */
public interface Objective {
    /** The discriminator: examples [n, c, h, w] in, logits out, one for an example or one for each patch; the larger, the more real. */
    interface Critic extends UnaryOperator<Tensor> {
        /** What it says of both kinds, as by asking twice; one that can look at them together is faster. */
        default Logits both(Tensor real, Tensor fake) {
            return new Logits(apply(real), apply(fake));
        }
    }

    /** What a critic says of the real and of the generated examples. */
    record Logits(Tensor real, Tensor fake) {}

    /**
     * A loss, and the logits it was computed from, for the log.
     *
     * @param loss a single number
     * @param real logits of the real examples
     * @param fake logits of the generated examples
     */
    record DiscriminatorLoss(Tensor loss, Tensor real, Tensor fake) {}

    /** The discriminator's loss. The fake examples carry no graph. */
    DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake);

    /** The generator's loss: a single number that gradients can flow through to the fake examples. */
    Tensor generator(Critic critic, Tensor real, Tensor fake);

    /**
     * How real logits call examples, for the log: 0…1, but for least squares, whose logits themselves aim at 1 and at 0.
     *
     * @param others logits of the other kind, against which relativistic losses compare
     */
    default Tensor score(Tensor logits, Tensor others) {
        return logits.sigmoid();
    }

    /** For losses that only differences of logits enter. */
    static Tensor relative(Tensor logits, Tensor others) {
        return logits.sub(others.mean()).sigmoid();
    }
}
