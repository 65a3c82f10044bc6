package io.gander.objective;

import io.gander.recipe.ObjectiveRecipe;
import io.gander.tensor.Tensor;
import java.util.function.UnaryOperator;

/** What each player wants, as a loss to make small. It sees the discriminator, the real pictures and the fake ones. */
public interface Objective {
    /** The discriminator: pictures [n, c, h, w] in, logits out, one for a picture or one for each patch; the larger, the more real. */
    interface Critic extends UnaryOperator<Tensor> {}

    /**
     * A loss, and the logits it was computed from, for the log.
     *
     * @param loss a single number
     * @param real logits of the real pictures
     * @param fake logits of the generated pictures
     */
    record Verdict(Tensor loss, Tensor real, Tensor fake) {}

    /** The discriminator's loss. The fake pictures carry no graph. */
    Verdict discriminator(Critic critic, Tensor real, Tensor fake);

    /** The generator's loss: a single number that gradients can flow through to the fake pictures. */
    Tensor generator(Critic critic, Tensor real, Tensor fake);

    /** How real logits call pictures, 0…1, for the log. */
    default Tensor score(Tensor logits) {
        return logits.sigmoid();
    }

    static Objective of(ObjectiveRecipe.Loss loss) {
        return switch (loss) {
            case NON_SATURATING -> new NonSaturating();
            case LEAST_SQUARES -> new LeastSquares();
            case RELATIVISTIC_AVERAGE -> new RelativisticAverage();
        };
    }
}
