package io.gander.objective;

import io.gander.recipe.RegulariserRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The regularisers of a recipe, around any objective: the discriminator's loss and, in some steps, what its steepness costs. */
public final class Regularisers {
    private record Term(Regulariser regulariser, double weight) {}

    private final RegulariserRecipe recipe;
    private final List<Term> terms = new ArrayList<>();
    private final long steps;

    /**
     * Those with a weight.
     *
     * @param steps the length of the run, over which the weights may shrink
     */
    public Regularisers(RegulariserRecipe recipe, long steps) {
        this.recipe = recipe;
        this.steps = steps;
        add(new Regulariser.R1(), recipe.r1());
        add(new Regulariser.R2(), recipe.r2());
        add(new Regulariser.GradientPenalty(), recipe.gradientPenalty());
        add(new Regulariser.ZeroCentred(), recipe.zeroCentred());
        add(new Regulariser.Dragan(), recipe.dragan());
    }

    private void add(Regulariser regulariser, double weight) {
        if (weight > 0) {
            terms.add(new Term(regulariser, weight));
        }
    }

    /**
     * The discriminator's loss, and the penalties where they are due.
     *
     * @param fake carries no graph
     * @param step counts from 1
     * @param draws for the places where the penalties look, each at the number of its place among them
     */
    public Objective.DiscriminatorLoss discriminator(
            Objective objective, Objective.Critic critic, Tensor real, Tensor fake, long step, Draws draws) {
        if (terms.isEmpty() || (step - 1) % recipe.every() != 0) {
            return objective.discriminator(critic, real, fake);
        }
        Tensor x = real.detach().requiresGrad(true);
        Tensor made = fake.detach().requiresGrad(true);
        Objective.DiscriminatorLoss scored = objective.discriminator(critic, x, made);
        Tensor loss = scored.loss();
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            Tensor penalty = term.regulariser.penalty(critic, x, made, scored, draws.at(i));
            // seldom, but so much stronger: the mean over the steps stays (Karras et al., 2020, appendix B)
            loss = loss.add(penalty.mul(term.weight * recipe.every() * recipe.shareAt(step, steps)));
        }
        return new Objective.DiscriminatorLoss(loss, scored.real(), scored.fake());
    }
}
