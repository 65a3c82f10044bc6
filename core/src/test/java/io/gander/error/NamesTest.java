package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    private static final List<String> KEYS = List.of("steps", "time", "batch", "seed", "sample-every");

    @ParameterizedTest
    @CsvSource({
        "steps, steps, 0",
        "steps, STEPS, 0",
        "stepz, steps, 1",
        "step, steps, 1",
        "ssteps, steps, 1",
        "kitten, sitting, 3",
        "mpl, mlp, 1",
        "ca, abc, 3",
        "'', seed, 4",
        "seed, '', 4",
        "größe, grösse, 2",
    })
    void countsTheEditsBetweenTwoNames(String first, String second, int edits) {
        assertThat(Names.distance(first, second)).isEqualTo(edits);
        assertThat(Names.distance(second, first)).isEqualTo(edits);
    }

    @Test
    void namesTheNearestKnownName() {
        assertThat(Names.hint("stepz", KEYS)).isEqualTo(" Did you mean 'steps'?");
        assertThat(Names.hint("BATHC", KEYS)).isEqualTo(" Did you mean 'batch'?");
    }

    @Test
    void putsTheNearestOfSeveralFirstAndStopsAtThree() {
        assertThat(Names.hint("betas", List.of("data", "beta", "betas2", "beta-s", "size")))
                .isEqualTo(" Did you mean 'beta' or 'betas2' or 'beta-s'?");
    }

    @Test
    void recognisesTheBeginningOfALongName() {
        assertThat(Names.hint("sample", KEYS)).isEqualTo(" Did you mean 'sample-every'?");
        assertThat(Names.hint("sample-every-step", KEYS)).isEqualTo(" Did you mean 'sample-every'?");
    }

    @Test
    void aShortNameIsNearToFew() {
        assertThat(Names.near("lr", "ema")).isFalse();
        assertThat(Names.near("emma", "ema")).isTrue();
        assertThat(Names.near("kidn", "kind")).isTrue();
        assertThat(Names.near("mpl", "mlp")).isTrue();
    }

    @Test
    void listsAllNamesIfNoneIsNear() {
        assertThat(Names.hint("augmentation", KEYS)).isEqualTo(" Known: steps, time, batch, seed, sample-every.");
    }
}
