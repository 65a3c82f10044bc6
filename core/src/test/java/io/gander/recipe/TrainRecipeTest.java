package io.gander.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainRecipeTest {
    @ParameterizedTest
    @CsvSource({"none, PT0S", "90s, PT90S", "5m, PT5M", "2h, PT2H", "2 H, PT2H", "0s, PT0S"})
    void readsTimes(String written, Duration time) {
        assertThat(read("{steps: 1, time: " + written + "}").time()).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90",
                "5 minutes",
                "-5m",
                "1.5h",
                "''",
                "1h30m",
                "99999999999999999999s",
                "9223372036854775807h",
                "9999999h"
            })
    void refusesWhatIsNoTime(String written) {
        Complaint.of(() -> read("{steps: 1, time: " + written + "}"))
                .startsWith("mine.yaml:1: train.time must be a time such as 90s, 5m or 2h, or none; found '");
    }

    @Test
    void howOftenToReportFollowsFromTheLengthOfTheRun() {
        TrainRecipe recipe = read("{steps: 10000}");

        assertThat(recipe.logEvery()).isEqualTo(20);
        assertThat(recipe.sampleEvery()).isEqualTo(500);
        assertThat(recipe.checkpointEvery()).isEqualTo(1000);
        TrainRecipe shortest = read("{steps: 1}");
        assertThat(shortest.logEvery()).isEqualTo(1);
        assertThat(shortest.sampleEvery()).isEqualTo(1);
        assertThat(shortest.checkpointEvery()).isEqualTo(1);
    }

    @Test
    void onlyTheStepsMustBeSaid() {
        Complaint.of(() -> read("{batch: 64}")).contains("'train.steps' is missing");
        assertThat(read("{steps: 7}").batch()).isEqualTo(64);
    }

    @Test
    void aPretrainingLearnsAsTheGeneratorDoesButForWhatItSaysItself() {
        TrainRecipe recipe = paired(
                "{steps: 9, generator: {lr: 1e-3, betas: [0.9, 0.99], schedule: linear, clip: 5}, pretrain: {steps: 4, lr: 0.5}}");

        assertThat(recipe.pretrainSteps()).isEqualTo(4);
        assertThat(recipe.pretrain()).isEqualTo(recipe.generator().with(0.5, OptimizerRecipe.Schedule.LINEAR));
        assertThat(paired("{steps: 9, pretrain: {schedule: cosine}}").pretrain().schedule())
                .isEqualTo(OptimizerRecipe.Schedule.COSINE);
        assertThat(paired("{steps: 9}").pretrainSteps()).isZero();
    }

    @Test
    void onlyPairedGamesPretrain() {
        Complaint.of(() -> read("steps: 9\npretrain: {steps: 4}"))
                .startsWith("mine.yaml:2: unknown key 'train.pretrain'.");
        Complaint.of(() -> paired("steps: 9\npretrain:\n  steps: -1"))
                .startsWith("mine.yaml:3: train.pretrain.steps must be a whole number from 0");
        Complaint.of(() -> paired("steps: 9\npretrain:\n  step: 1"))
                .startsWith("mine.yaml:3: unknown key 'train.pretrain.step'. Did you mean 'steps'");
        Complaint.of(() -> paired("steps: 9\npretrain: 4")).startsWith("mine.yaml:2: train.pretrain must be a group");
    }

    private static TrainRecipe paired(String yaml) {
        return TrainRecipe.read(Recipe.Game.PAIRED, new Section("train", Setting.parse(yaml, "mine.yaml")));
    }

    private static TrainRecipe read(String yaml) {
        return TrainRecipe.read(Recipe.Game.NOISE, new Section("train", Setting.parse(yaml, "mine.yaml")));
    }
}
