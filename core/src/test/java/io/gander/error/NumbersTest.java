package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({"2e-4, 0.0002", "10, 10", "0.5, 0.5", "-1e7, -10000000", "0, 0", "NaN, NaN"})
    void hasNeitherExponentNorZerosAtItsEnd(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
    }
}
