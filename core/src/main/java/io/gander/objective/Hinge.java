package io.gander.objective;

import io.gander.tensor.Tensor;

/**
 * J_D = (1/m) Σ max(0, 1 − D(x)) + (1/m) Σ max(0, 1 + D(G(z))) and J_G = −(1/m) Σ D(G(z)), where D is the logit itself (Lim and
 * Ye, 2017; Miyato et al., 2018, equations 16 and 17).
 */
public record Hinge() implements Objective {
    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        Tensor loss =
                on.real().neg().add(1).relu().mean().add(on.fake().add(1).relu().mean());
        return new DiscriminatorLoss(loss, on.real(), on.fake());
    }

    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).mean().neg();
    }
}
