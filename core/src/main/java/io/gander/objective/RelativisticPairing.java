package io.gander.objective;

import io.gander.tensor.Tensor;

/**
 * Whether this real example is more real than that fake one, pair by pair: J_D = (1/m) Σ −log σ(D(x_i) − D(G(z_i))) and J_G has the
 * roles exchanged (Jolicoeur-Martineau, 2019, RpGAN; Sun et al., 2020; Huang et al., 2024, R3GAN). Its landscape has no minima in
 * which modes are missing.
 */
public record RelativisticPairing() implements Objective {
    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        return new DiscriminatorLoss(on.fake().sub(on.real()).softplus().mean(), on.real(), on.fake());
    }

    /** The real examples take part, but no gradient flows through their logits: nothing of the generator is in them. */
    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        Tensor onFake = critic.apply(fake);
        return critic.apply(real).detach().sub(onFake).softplus().mean();
    }

    @Override
    public Tensor score(Tensor logits, Tensor others) {
        return Objective.relative(logits, others);
    }
}
