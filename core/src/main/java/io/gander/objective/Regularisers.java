package io.gander.objective;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/**
 * What the discriminator pays for being steep, around any objective: the regularisers of a recipe that have a weight.
 *
 * @param terms of the price
 * @param every steps between penalties, which are so many times stronger
 * @param end the share of the weights that is left at the end of the run; on the way there they follow half a cosine
 * @param steps the length of the run
 */
public record Regularisers(List<Regulariser> terms, int every, double end, long steps) {
    /** The catalogue: every regulariser that a recipe can weigh. A new one is a line here. */
    private static final List<Function<Section, Regulariser>> KNOWN =
            List.of(R1::read, R2::read, GradientPenalty::read, ZeroCentred::read, Dragan::read);

    /** Reads the weights and when they count. */
    public static Regularisers read(Section section, long steps) {
        return read(section, steps, KNOWN);
    }

    static Regularisers read(Section section, long steps, List<Function<Section, Regulariser>> known) {
        List<Regulariser> terms = known.stream()
                .map(reader -> reader.apply(section))
                .filter(regulariser -> regulariser.weight() > 0)
                .toList();
        return new Regularisers(
                terms, section.integer("penalty-every", 1, 1, 1000), section.real("penalty-end", 1.0, 0, 1), steps);
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
        if (terms.isEmpty() || (step - 1) % every != 0) {
            return objective.discriminator(critic, real, fake);
        }
        Tensor x = real.detach().requiresGrad(true);
        Tensor made = fake.detach().requiresGrad(true);
        Objective.DiscriminatorLoss scored = objective.discriminator(critic, x, made);
        Tensor loss = scored.loss();
        for (int i = 0; i < terms.size(); i++) {
            Regulariser term = terms.get(i);
            Tensor penalty = term.penalty(critic, x, made, scored, draws.at(i));
            // seldom, but so much stronger: the mean over the steps stays (Karras et al., 2020, appendix B)
            loss = loss.add(penalty.mul(term.weight() * every * shareAt(step)));
        }
        return new Objective.DiscriminatorLoss(loss, scored.real(), scored.fake());
    }

    /**
     * The share of the weights at a step.
     *
     * @param step counts from 1
     */
    double shareAt(long step) {
        double passed = Math.min(1, (double) (step - 1) / Math.max(1, steps));
        return end + (1 - end) * (1 + Math.cos(Math.PI * passed)) / 2;
    }
}
