package io.gander.recipe;

import io.gander.error.UserError;

/**
 * How a game from noise is played: keys of the recipe's section {@code objective}.
 *
 * @param discriminatorSteps moves of the discriminator a round, each on pictures and latents of its own
 * @param packing pictures that the discriminator judges together (Lin et al., 2018)
 * @param unrolled moves of the discriminator that the generator looks ahead (Metz et al., 2017)
 * @param unrolledRate the learning rate of these moves, which are plain gradient steps
 * @param instanceNoise σ of the noise on all that the discriminator sees, at the first step; it falls in a straight line to 0
 *     at the last (Sønderby et al., 2017)
 * @param labels how the discriminator is told the classes
 * @param auxiliary weight of the classifier's loss, for {@link Labels#AUXILIARY}
 * @param embedding numbers that a class becomes beside the generator's latents; few of these, or the class drowns the latents, and all pictures of
 *     a class are one
 */
public record NoiseGameRecipe(
        int discriminatorSteps,
        int packing,
        int unrolled,
        double unrolledRate,
        double instanceNoise,
        Labels labels,
        double auxiliary,
        int embedding) {
    /** How a game is class-conditional. */
    public enum Labels {
        /** It is not. */
        NONE,
        /** The logit has a part for each class (Miyato and Koyama, 2018). */
        PROJECTION,
        /** The discriminator also names the class (Odena et al., 2017). */
        AUXILIARY
    }

    /** What the other games play by. */
    static final NoiseGameRecipe PLAIN = new NoiseGameRecipe(1, 1, 0, 0, 0, Labels.NONE, 0, 0);

    static NoiseGameRecipe read(Section section) {
        Labels labels = section.choice("labels", Labels.class, Labels.NONE);
        boolean told = labels != Labels.NONE;
        int unrolled = section.integer("unrolled", 0, 0, 50);
        NoiseGameRecipe recipe = new NoiseGameRecipe(
                section.integer("discriminator-steps", 1, 1, 100),
                section.integer("packing", 1, 1, 64),
                unrolled,
                unrolled > 0 ? section.real("unrolled-lr", 0.1, 0, 10) : 0,
                section.real("instance-noise", 0.0, 0, 10),
                labels,
                labels == Labels.AUXILIARY ? section.real("auxiliary", 1.0, 0, 1e6) : 0,
                told ? section.integer("embedding", 10, 1, 4096) : 0);
        if (told && recipe.packing > 1) {
            throw new UserError(section.where("packing")
                    + ": pictures that are judged together have no one class; leave out either packing or labels.");
        }
        return recipe;
    }

    /** Whether pictures are made and judged by class. */
    public boolean conditional() {
        return labels != Labels.NONE;
    }
}
