package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.recipe.ObjectiveRecipe.Loss;
import io.gander.recipe.ObjectiveRecipe.Pixel;
import io.gander.recipe.Recipe.Game;
import org.junit.jupiter.api.Test;

class ObjectiveRecipeTest {
    private static ObjectiveRecipe read(Game game, String yaml) {
        return ObjectiveRecipe.read(game, new Section("objective", Setting.parse(yaml, "mine.yaml")));
    }

    @Test
    void eachGameHasItsPapersDefaults() {
        assertThat(read(Game.NOISE, "{}").loss()).isEqualTo(Loss.NON_SATURATING);
        ObjectiveRecipe paired = read(Game.PAIRED, "{}");
        assertThat(paired.loss()).isEqualTo(Loss.NON_SATURATING);
        assertThat(paired.pixel()).isEqualTo(Pixel.L1);
        assertThat(paired.pixelWeight()).isEqualTo(100);
        assertThat(paired.discriminator()).isEqualTo(0.5);
        assertThat(paired.conditional()).isTrue();
        assertThat(paired.perceptual()).isZero();
        ObjectiveRecipe unpaired = read(Game.UNPAIRED, "{}");
        assertThat(unpaired.loss()).isEqualTo(Loss.LEAST_SQUARES);
        assertThat(unpaired.cycle()).isEqualTo(10);
        assertThat(unpaired.identity()).isEqualTo(0.5);
        assertThat(unpaired.pool()).isEqualTo(50);
    }

    @Test
    void lossesAreWrittenInKebabCase() {
        assertThat(read(Game.PAIRED, "loss: relativistic-average").loss()).isEqualTo(Loss.RELATIVISTIC_AVERAGE);
        Complaint.of(() -> read(Game.PAIRED, "pixel: l1\nloss: least-square"))
                .startsWith("mine.yaml:2: objective.loss is 'least-square'. Did you mean 'least-squares'");
    }

    @Test
    void aKeyOfAnotherGameIsToldItsGame() {
        Complaint.of(() -> read(Game.NOISE, "cycle: 10"))
                .isEqualTo("mine.yaml:1: 'objective.cycle' is a key of game: unpaired: leave it out.");
        Complaint.of(() -> read(Game.PAIRED, "pixel: l1\npool: 50"))
                .isEqualTo("mine.yaml:2: 'objective.pool' is a key of game: unpaired: leave it out.");
        Complaint.of(() -> read(Game.UNPAIRED, "packing: 2"))
                .isEqualTo("mine.yaml:1: 'objective.packing' is a key of game: noise: leave it out.");
        Complaint.of(() -> read(Game.NOISE, "adversarial: 2"))
                .isEqualTo("mine.yaml:1: 'objective.adversarial' is a key of game: paired and game: unpaired: leave it"
                        + " out.");
        Complaint.of(() -> read(Game.NOISE, "pakcing: 2"))
                .startsWith("mine.yaml:1: unknown key 'objective.pakcing'. Did you mean 'packing'?");
    }

    @Test
    void featuresMustBeNamed() {
        Complaint.of(() -> read(Game.PAIRED, "pixel: l2\nperceptual: 0.1"))
                .isEqualTo("mine.yaml:2: objective.perceptual wants objective.features: vgg19, or the path of a"
                        + " safetensors file.");
        assertThat(read(Game.PAIRED, "{perceptual: 0.1, features: vgg19}").featureLayer())
                .isEqualTo("conv5_4");
    }

    @Test
    void weightsAreNotNegative() {
        Complaint.of(() -> read(Game.UNPAIRED, "identity: -1"))
                .startsWith("mine.yaml:1: objective.identity must be a number from 0.0");
        Complaint.of(() -> read(Game.UNPAIRED, "pool: -1")).contains("objective.pool must be a whole number from 0");
    }
}
