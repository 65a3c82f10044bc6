package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Tensor;

/**
 * J_D = −(1/m) Σ log D(x) − (1/m) Σ log(1 − D(G(z))) and J_G = −(1/m) Σ log D(G(z)), where D = σ(logit) (Goodfellow et
 * al., 2014, section 3). Computed from logits: −log σ(a) = softplus(−a) and −log(1 − σ(a)) = softplus(a), which stay
 * finite and keep their gradients where a logarithm of a sigmoid would not.
 *
 * @param smoothing what the real examples' target is less than 1 (one-sided label smoothing, Salimans et al., 2016)
 */
public record NonSaturating(double smoothing) implements Objective {
    static NonSaturating read(Section section) {
        return new NonSaturating(Losses.smoothing(section));
    }

    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        Tensor sure = on.real().neg().softplus().mean();
        if (smoothing > 0) { // −(1 − s) log σ(a) − s log(1 − σ(a)) = softplus(−a) + s·a
            sure = sure.add(on.real().mean().mul(smoothing));
        }
        return new DiscriminatorLoss(sure.add(on.fake().softplus().mean()), on.real(), on.fake());
    }

    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).neg().softplus().mean();
    }
}
