package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * E(‖∇D(x)‖ − 1)² near real pictures: somewhere on the way from each to itself plus ½·std·u, where u is uniform in [0, 1) and
 * std is the batch's (Kodali et al., 2017, DRAGAN, as in its authors' code).
 *
 * @param weight λ; 10 in DRAGAN
 */
record Dragan(double weight) implements Regulariser {
    static Dragan read(Section section) {
        return new Dragan(section.real("dragan", 0.0, 0, 1e6));
    }

    @Override
    public Tensor penalty(
            Objective.Critic critic, Tensor real, Tensor fake, Objective.DiscriminatorLoss scored, Draws draws) {
        Tensor pictures = real.detach();
        Tensor spread = pictures.sub(pictures.mean()).square().mean().sqrt().mul(0.5);
        Tensor noise = draws.at(0).uniform(0, 1, pictures.shape()).mul(spread);
        return Regulariser.fromOne(critic, pictures.add(noise.mul(Regulariser.shares(pictures, draws.at(1)))));
    }
}
