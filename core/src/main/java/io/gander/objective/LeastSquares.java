package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Tensor;

/**
 * J_D = (1/m) Σ (D(x) − 1)² + (1/m) Σ D(G(z))² and J_G = (1/m) Σ (D(G(z)) − 1)², where D is the logit itself (Mao et al.,
 * 2017, equation 2 with a = 0, b = c = 1, without the halves).
 *
 * @param smoothing what the discriminator's target for real examples is less than 1
 */
public record LeastSquares(double smoothing) implements Objective {
    static LeastSquares read(Section section) {
        return new LeastSquares(Losses.smoothing(section));
    }

    @Override
    public DiscriminatorLoss discriminator(Critic critic, Tensor real, Tensor fake) {
        Logits on = critic.both(real, fake);
        Tensor loss = on.real()
                .add(smoothing - 1)
                .square()
                .mean()
                .add(on.fake().square().mean());
        return new DiscriminatorLoss(loss, on.real(), on.fake());
    }

    @Override
    public Tensor generator(Critic critic, Tensor real, Tensor fake) {
        return critic.apply(fake).add(-1).square().mean();
    }

    /** The logit itself aims at 1 and at 0. */
    @Override
    public Tensor score(Tensor logits, Tensor others) {
        return logits;
    }
}
