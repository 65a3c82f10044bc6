package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final Dataset RING =
            Datasets.open(Gander.recipe("ring-plain").data(), DataListener.SILENT, () -> false);

    @Test
    void drawnExamplesAreAllOfThemInAnotherOrder() {
        try (Scope scope = Scope.open()) {
            float[] own = Examples.of(RING, 0, RING.count()).toArray();
            float[] drawn = Examples.drawn(RING, 0, RING.count()).toArray();
            assertThat(drawn).isNotEqualTo(own);
            assertThat(sorted(drawn)).isEqualTo(sorted(own));

            Tensor part = Examples.drawn(RING, 3, 2);
            assertThat(part.toArray()).isEqualTo(Arrays.copyOfRange(drawn, 6, 10));
        }
    }

    /** Numbers that were published depend on this order. */
    @Test
    void theOrderStaysAsItIs() {
        assertThat(Examples.shuffled(10)).containsExactly(2, 4, 7, 8, 9, 3, 6, 1, 0, 5);
    }

    private static float[] sorted(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
