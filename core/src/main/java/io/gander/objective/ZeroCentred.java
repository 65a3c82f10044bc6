package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * E‖∇D(x)‖² at the same places: centred at 0 (Thanh-Tung et al., 2019).
 *
 * @param weight λ
 */
record ZeroCentred(double weight) implements Regulariser {
    static ZeroCentred read(Section section) {
        return new ZeroCentred(section.real("zero-centred", 0.0, 0, 1e6));
    }

    @Override
    public Tensor penalty(
            Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws) {
        Tensor seen = Regulariser.between(real, fake, draws).requiresGrad(true);
        return Regulariser.steepness(critic.apply(seen), seen).mean();
    }
}
