package io.gander.recipe;


import io.gander.error.UserError;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The recipe's section {@code objective}: what the players want. Which keys there are depends on the game.
 *
 * @param loss of the game between the players
 * @param smoothing what the discriminator's target for real pictures is less than 1
 * @param regularisers what the discriminator pays for being steep
 * @param noise how a game from noise is played
 * @param adversarial weight of the generator's share in that game; 0 leaves a paired game's discriminator out
 * @param discriminator factor on the discriminator's loss; .5 slows it (Isola et al., 2017)
 * @param conditional paired: whether the discriminator sees the input beside the output
 * @param pixel paired: how outputs and targets are compared, pixel by pixel
 * @param pixelWeight paired
 * @param perceptual paired: weight of the distance between features, relative to the target's own
 * @param features paired: {@code vgg19}, or the path of a safetensors file; empty for none
 * @param featureLayer paired: the layer whose features are compared
 * @param cycle unpaired: weight of ‖F(G(a)) − a‖₁ + ‖G(F(b)) − b‖₁
 * @param identity unpaired: weight of ‖G(b) − b‖₁ + ‖F(a) − a‖₁, as a share of {@code cycle}
 * @param pool unpaired: how many earlier outputs the discriminator is also shown
 */
public record ObjectiveRecipe(
        Loss loss,
        double smoothing,
        RegulariserRecipe regularisers,
        NoiseGameRecipe noise,
        double adversarial,
        double discriminator,
        boolean conditional,
        Pixel pixel,
        double pixelWeight,
        double perceptual,
        String features,
        String featureLayer,
        double cycle,
        double identity,
        int pool) {
    /** What the players want. */
    public enum Loss {
        /** The documents' J_D and J_G (Goodfellow et al., 2014, with the non-saturating generator). */
        NON_SATURATING,
        /** The same with the generator that saturates (Goodfellow et al., 2014, equation 1). */
        MINIMAX,
        /** Squared distances to 1 and 0 (Mao et al., 2017). */
        LEAST_SQUARES,
        /** Only what is less than 1 on the right side of 0 counts (Lim and Ye, 2017). */
        HINGE,
        /** The distance between the means of the logits (Arjovsky et al., 2017). */
        WASSERSTEIN,
        /** Whether a real picture is more real than fake ones on average (Jolicoeur-Martineau, 2019). */
        RELATIVISTIC_AVERAGE,
        /** Whether each real picture is more real than a fake one (Jolicoeur-Martineau, 2019; Huang et al., 2024). */
        RELATIVISTIC_PAIRING;

        /** Whether real pictures have a target that can be less than 1. */
        boolean hasTargets() {
            return this == NON_SATURATING || this == MINIMAX || this == LEAST_SQUARES;
        }
    }

    /** How pictures are compared pixel by pixel. */
    public enum Pixel {
        /** The mean absolute difference. */
        L1,
        /** The mean squared difference. */
        L2
    }

    static ObjectiveRecipe read(Recipe.Game game, Section section) {
        ObjectiveRecipe recipe = keys(game, section);
        section.finish(ObjectiveRecipe::gamesThatKnow);
        return recipe;
    }

    private static ObjectiveRecipe keys(Recipe.Game game, Section section) {
        return switch (game) {
            case NOISE -> noise(section);
            case PAIRED -> paired(section);
            case UNPAIRED -> unpaired(section);
        };
    }

    /** As each game's reader tells when it is shown an empty section. */
    private static String gamesThatKnow(String key) {
        return Arrays.stream(Recipe.Game.values())
                .filter(game -> {
                    Section empty = Section.empty("objective");
                    keys(game, empty);
                    return empty.resolved().containsKey(key);
                })
                .map(game -> "game: " + Section.kebab(game))
                .collect(Collectors.joining(" and "));
    }

    private static ObjectiveRecipe noise(Section section) {
        Loss loss = loss(section, Loss.NON_SATURATING);
        return new ObjectiveRecipe(
                loss,
                smoothing(section, loss),
                RegulariserRecipe.read(section),
                NoiseGameRecipe.read(section),
                1,
                1,
                false,
                Pixel.L1,
                0,
                0,
                "",
                "",
                0,
                0,
                0);
    }

    private static ObjectiveRecipe paired(Section section) {
        Loss loss = loss(section, Loss.NON_SATURATING);
        ObjectiveRecipe recipe = new ObjectiveRecipe(
                loss,
                smoothing(section, loss),
                RegulariserRecipe.read(section),
                NoiseGameRecipe.PLAIN,
                section.real("adversarial", 1.0, 0, 1e6),
                section.real("discriminator", 0.5, 0, 1e6),
                section.flag("conditional", true),
                section.choice("pixel", Pixel.class, Pixel.L1),
                section.real("pixel-weight", 100.0, 0, 1e6),
                section.real("perceptual", 0.0, 0, 1e6),
                section.text("features", ""),
                section.text("feature-layer", "conv5_4"),
                0,
                0,
                0);
        if (recipe.perceptual > 0 && recipe.features.isEmpty()) {
            throw new UserError(section.where("perceptual")
                    + " wants objective.features: vgg19, or the path of a safetensors file.");
        }
        return recipe;
    }

    private static ObjectiveRecipe unpaired(Section section) {
        Loss loss = loss(section, Loss.LEAST_SQUARES);
        return new ObjectiveRecipe(
                loss,
                smoothing(section, loss),
                RegulariserRecipe.read(section),
                NoiseGameRecipe.PLAIN,
                section.real("adversarial", 1.0, 0, 1e6),
                section.real("discriminator", 0.5, 0, 1e6),
                false,
                Pixel.L1,
                0,
                0,
                "",
                "",
                section.real("cycle", 10.0, 0, 1e6),
                section.real("identity", 0.5, 0, 1e6),
                section.integer("pool", 50, 0, 10_000));
    }

    private static Loss loss(Section section, Loss fallback) {
        return section.choice("loss", Loss.class, fallback);
    }

    private static double smoothing(Section section, Loss loss) {
        double smoothing = section.real("smoothing", 0.0, 0, 0.5);
        if (smoothing > 0 && !loss.hasTargets()) {
            throw new UserError(section.where("smoothing") + ": the loss '" + Section.kebab(loss)
                    + "' has no target to move; leave it out.");
        }
        return smoothing;
    }
}
