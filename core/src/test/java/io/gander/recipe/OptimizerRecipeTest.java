package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.error.Complaint;
import io.gander.recipe.OptimizerRecipe.Algorithm;
import io.gander.recipe.OptimizerRecipe.Schedule;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OptimizerRecipeTest {
    private static final Offset<Double> CLOSE = within(1e-15);

    @Test
    void aConstantRateStays() {
        OptimizerRecipe constant = read("lr: 2e-4");

        assertThat(constant.rateAt(1, 1000)).isEqualTo(2e-4);
        assertThat(constant.rateAt(1000, 1000)).isEqualTo(2e-4);
    }

    @Test
    void aLinearRateStaysForHalfOfTheRunAndFallsToNothing() {
        OptimizerRecipe linear = read("{lr: 0.1, schedule: linear}");

        assertThat(linear.rateAt(1, 100)).isEqualTo(0.1);
        assertThat(linear.rateAt(51, 100)).isCloseTo(0.1, CLOSE); // 50 of 100 steps have passed
        assertThat(linear.rateAt(76, 100)).isCloseTo(0.05, CLOSE); // 75 have
        assertThat(linear.rateAt(91, 100)).isCloseTo(0.02, CLOSE); // 90 have
        assertThat(linear.rateAt(100, 100)).isCloseTo(0.002, CLOSE);
        assertThat(linear.rateAt(101, 100)).isEqualTo(0);
    }

    @Test
    void aCosineRateFallsAsHalfACosine() {
        OptimizerRecipe cosine = read("{lr: 0.1, schedule: cosine}");

        assertThat(cosine.rateAt(1, 100)).isEqualTo(0.1);
        assertThat(cosine.rateAt(26, 100)).isCloseTo(0.1 * (2 + Math.sqrt(2)) / 4, CLOSE); // cos ¼π = √2/2
        assertThat(cosine.rateAt(51, 100)).isCloseTo(0.05, CLOSE);
        assertThat(cosine.rateAt(76, 100)).isCloseTo(0.1 * (2 - Math.sqrt(2)) / 4, CLOSE);
        assertThat(cosine.rateAt(101, 100)).isCloseTo(0, CLOSE);
    }

    @Test
    void noScheduleTurnsTheRateAroundPastItsEnd() {
        for (Schedule schedule : Schedule.values()) {
            OptimizerRecipe recipe = read("{lr: 0.1, schedule: " + Section.kebab(schedule) + "}");
            assertThat(recipe.rateAt(150, 100)).as("%s", schedule).isNotNegative();
        }
    }

    @Test
    void inverseTimeDecayDividesAsKerasDid() {
        OptimizerRecipe decaying = read("{optimizer: rmsprop, lr: 2e-4, decay: 6e-8}");

        assertThat(decaying.rateAt(1, 40_000)).isEqualTo(2e-4);
        assertThat(decaying.rateAt(40_000, 40_000)).isCloseTo(2e-4 / 1.00239994, CLOSE); // 1 + 6e-8 · 39,999
        assertThat(read("{lr: 0.3, decay: 0.5}").rateAt(5, 10)).isCloseTo(0.1, CLOSE); // 0.3 / (1 + 0.5 · 4)
    }

    @Test
    void decayAndScheduleMultiply() {
        assertThat(read("{lr: 0.4, decay: 0.01, schedule: cosine}").rateAt(51, 100))
                .isCloseTo(0.4 * 0.5 / 1.5, CLOSE);
    }

    @Test
    void readsAdamAndRmspropWithDefaultsOfTheirOwn() {
        assertThat(read("{}"))
                .isEqualTo(new OptimizerRecipe(Algorithm.ADAM, 2e-4, 0.5, 0.999, 1e-8, 0, Schedule.CONSTANT, 0));
        assertThat(read("{optimizer: rmsprop}"))
                .isEqualTo(new OptimizerRecipe(Algorithm.RMSPROP, 2e-4, 0, 0.9, 1e-7, 0, Schedule.CONSTANT, 0));
    }

    @Test
    void anOptionOfTheOtherOptimiserIsUnknown() {
        Complaint.of(() -> read("{optimizer: rmsprop, betas: [0.5, 0.9]}")).contains("unknown key 'betas'");
        Complaint.of(() -> read("{rho: 0.5}")).contains("unknown key 'rho'");
    }

    private static OptimizerRecipe read(String yaml) {
        Section section = Sections.of("", yaml);
        OptimizerRecipe recipe = OptimizerRecipe.read(section);
        section.finish();
        return recipe;
    }
}
