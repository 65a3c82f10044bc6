package io.gander.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against numpy's mean and std(ddof=1) of [2, 4, 4.5] and [1, 1, 1]. */
class SpreadTest {
    @Test
    void meanAndDeviationOfEachMeasure() {
        Spread spread = new Spread();
        spread.add(Map.of("fd", 2.0, "modes", 1.0));
        spread.add(Map.of("fd", 4.0, "modes", 1.0));
        spread.add(Map.of("fd", 4.5, "modes", 1.0));

        assertThat(spread.mean().get("fd")).isEqualTo(3.5, offset(1e-12));
        assertThat(spread.deviation().get("fd")).isEqualTo(1.3228756555, offset(1e-9));
        assertThat(spread.deviation().get("modes")).isZero();
    }
}
