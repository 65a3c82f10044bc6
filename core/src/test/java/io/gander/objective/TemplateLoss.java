package io.gander.objective;

import io.gander.tensor.Tensor;

// template
/**
 * A template, the f-GAN of Pearson's χ² (Nowozin et al., 2016, table 2): J_D = −(1/m) Σ T(x) + (1/m) Σ (¼·T(G(z))² + T(G(z))) and
 * J_G = −(1/m) Σ T(G(z)), where T is the logit itself. At its best T is 2·(p(x)/q(x) − 1): 0 where real and made are as likely.
 */
public record TemplateLoss() implements Objective {
    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake); // [n, 1], or a map of logits
        Tensor conjugate = on.fake().square().mul(0.25).add(on.fake()).mean();
        return new DiscriminatorLoss(conjugate.sub(on.real().mean()), on.real(), on.fake());
    }

    /** Gradients flow through the fake examples to the generator. */
    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).mean().neg();
    }
}
// end of template
