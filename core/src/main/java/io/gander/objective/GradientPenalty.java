package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * E(‖∇D(x)‖ − 1)² where x is between a real picture and a generated one (Gulrajani et al., 2017, WGAN-GP).
 *
 * @param weight λ; 10 in WGAN-GP
 */
record GradientPenalty(double weight) implements Regulariser {
    static GradientPenalty read(Section section) {
        return new GradientPenalty(section.real("gradient-penalty", 0.0, 0, 1e6));
    }

    @Override
    public Tensor penalty(
            Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws) {
        return Regulariser.fromOne(critic, Regulariser.between(real, fake, draws));
    }
}
