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

    private static TrainRecipe read(String yaml) {
        return TrainRecipe.read(Sections.of("train", yaml));
    }
}
