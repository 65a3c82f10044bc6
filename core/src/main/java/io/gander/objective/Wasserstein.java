package io.gander.objective;

import io.gander.tensor.Tensor;

/**
 * J_D = (1/m) Σ D(G(z)) − (1/m) Σ D(x) and J_G = −(1/m) Σ D(G(z)), where D is the logit itself (Arjovsky et al., 2017). Its
 * discriminator must not be steep: use a gradient penalty (Gulrajani et al., 2017) or spectral normalisation.
 */
public record Wasserstein() implements Objective {
    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        return new DiscriminatorLoss(on.fake().mean().sub(on.real().mean()), on.real(), on.fake());
    }

    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).mean().neg();
    }

    @Override
    public Tensor score(Tensor logits, Tensor others) {
        return Objective.relative(logits, others);
    }
}
