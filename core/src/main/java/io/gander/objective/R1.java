package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * ½·E‖∇D(x)‖² where x is real (Mescheder et al., 2018, equation 9, without γ).
 *
 * @param weight γ
 */
record R1(double weight) implements Regulariser {
    static R1 read(Section section) {
        return new R1(section.real("r1", 0.0, 0, 1e6));
    }

    @Override
    public Tensor penalty(
            Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws) {
        return Regulariser.steepness(scored.real(), real).mean().mul(0.5);
    }
}
