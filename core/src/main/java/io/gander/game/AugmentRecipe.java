package io.gander.game;

import io.gander.error.UserError;
import io.gander.recipe.Section;
import java.util.List;

/**
 * The recipe's section {@code augment}: changes of all that the discriminator sees, real and generated, through which the generator's
 * gradients flow (Zhao et al., 2020, DiffAugment; Karras et al., 2020, ADA).
 *
 * @param kinds which changes; none if empty
 * @param probability of each change of each picture; where there is a target, at the first step
 * @param target what the controller holds the share of real pictures that the discriminator is sure of to, −1…1; 0 for no controller
 * @param speed pictures, in thousands, in which the controller may go from 0 to 1
 */
record AugmentRecipe(List<Kind> kinds, double probability, double target, int speed) {
    /** A change of the pictures, made of some of them. */
    public enum Kind {
        /** Left to right. */
        FLIP,
        /** By up to an eighth of the side. */
        TRANSLATION,
        /** A square of half the side turns grey. */
        CUTOUT,
        /** Brightness, saturation and contrast. */
        COLOUR
    }

    static AugmentRecipe read(Section section) {
        List<Kind> kinds = section.choices("kinds", Kind.class, List.of());
        double target = section.real("target", 0.0, 0, 1);
        AugmentRecipe recipe = new AugmentRecipe(
                kinds,
                section.real("probability", target > 0 ? 0.0 : 1.0, 0, 1),
                target,
                section.integer("speed", 500, 1, 1_000_000));
        if (target > 0 && kinds.isEmpty()) {
            throw new UserError(section.where("target") + ": there is nothing to control; set augment.kinds, such as"
                    + " [translation, colour].");
        }
        return recipe;
    }

    /** Whether anything changes. */
    public boolean any() {
        return !kinds.isEmpty();
    }
}
