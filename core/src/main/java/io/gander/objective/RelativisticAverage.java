package io.gander.objective;

import io.gander.tensor.Tensor;

/**
 * Whether an example is more real than those of the other kind are on average (Jolicoeur-Martineau, 2019, RaSGAN; ESRGAN, Wang
 * et al., 2018, equations 1 to 3): with r = C(x) − mean C(G(z)) and f = C(G(z)) − mean C(x), J_D = mean −log σ(r) + mean
 * −log(1 − σ(f)), and J_G has the roles exchanged. J_G is halved, as in ESRGAN's code.
 */
public record RelativisticAverage() implements Objective {
    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        Tensor loss = loss(on.real(), on.fake());
        return new DiscriminatorLoss(loss, on.real(), on.fake());
    }

    /** The real examples take part, but no gradient flows through their logits: nothing of the generator is in them. */
    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return loss(critic.apply(fake), critic.apply(real).detach()).mul(0.5);
    }

    @Override
    public Tensor score(Tensor logits, Tensor others) {
        return Objective.relative(logits, others);
    }

    private static Tensor loss(Tensor better, Tensor worse) {
        Tensor r = better.sub(worse.mean());
        Tensor f = worse.sub(better.mean());
        return r.neg().softplus().mean().add(f.softplus().mean());
    }
}
