package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * ½·E‖∇D(x)‖² where x is generated (Mescheder et al., 2018, equation 10, without γ).
 *
 * @param weight γ
 */
record R2(double weight) implements Regulariser {
    static R2 read(Section section) {
        return new R2(section.real("r2", 0.0, 0, 1e6));
    }

    @Override
    public Tensor penalty(
            Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws) {
        return Regulariser.steepness(scored.fake(), fake).mean().mul(0.5);
    }
}
