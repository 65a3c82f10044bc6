package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Tensor;

/**
 * J_D = −(1/m) Σ log D(x) − (1/m) Σ log(1 − D(G(z))) and J_G = (1/m) Σ log(1 − D(G(z))), where D = σ(logit): the game as it was
 * first written (Goodfellow et al., 2014, equation 1). J_G saturates: where the discriminator is sure, the generator hears
 * nothing.
 *
 * @param smoothing what the real examples' target is less than 1 (one-sided label smoothing, Salimans et al., 2016)
 */
public record Minimax(double smoothing) implements Objective {
    static Minimax read(Section section) {
        return new Minimax(Losses.smoothing(section));
    }

    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        return new NonSaturating(smoothing).discriminator(critic, real, fake);
    }

    /** log(1 − σ(a)) = −softplus(a). */
    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).softplus().mean().neg();
    }
}
