package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.oracle.Oracle;
import io.gander.recipe.Sections;
import io.gander.tensor.Draws;
import io.gander.tensor.Functional;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every regulariser against PyTorch, through the double backward. */
class RegularisersTest {
    private static final double WEIGHT = 0.7;

    private static Regularisers regularisers(String name, double weight, int every, double end) {
        String yaml = "{%s: %s, penalty-every: %d, penalty-end: %s}".formatted(name, weight, every, end);
        return Regularisers.read(Sections.of("objective", yaml), 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"r1", "r2", "gradient-penalty", "zero-centred", "dragan"})
    void theDiscriminatorPaysWhatPyTorchsPays(String name) {
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("objective/regularisers");
            List<Tensor> weights = Critics.weights(oracle);
            Regularisers regularisers = regularisers(name, WEIGHT, 1, 1);

            Tensor loss = regularisers
                    .discriminator(
                            new RelativisticPairing(),
                            x -> Critics.apply(weights, x),
                            oracle.tensor("real"),
                            oracle.tensor("fake"),
                            1,
                            Draws.of(77))
                    .loss();

            oracle.in(name).assertEqual("loss", loss);
            Critics.assertGradients(oracle.in(name).in("d"), loss, weights);
        }
    }

    @Test
    void whatIsLazyIsSeldomAndSoMuchStronger() {
        double plain = loss(regularisers("r1", 0, 1, 1), 1);
        double each = loss(regularisers("r1", WEIGHT, 1, 1), 1) - plain;

        assertThat(each).isPositive();
        assertThat(loss(regularisers("r1", WEIGHT, 4, 1), 1) - plain).isCloseTo(4 * each, within(1e-5));
        for (int step = 2; step <= 4; step++) {
            assertThat(loss(regularisers("r1", WEIGHT, 4, 1), step)).isEqualTo(plain);
        }
        assertThat(loss(regularisers("r1", WEIGHT, 4, 1), 5)).isGreaterThan(plain);
    }

    @Test
    void weightsFollowHalfACosine() {
        Regularisers regularisers = regularisers("r1", 1, 1, 0.2);

        assertThat(regularisers.shareAt(1)).isEqualTo(1);
        assertThat(regularisers.shareAt(51)).isCloseTo(0.6, within(1e-12));
        assertThat(regularisers.shareAt(101)).isCloseTo(0.2, within(1e-12));
        assertThat(regularisers("r1", 1, 1, 1).shareAt(77)).isEqualTo(1);
    }

    /** Of a map of logits the steepness is that of their mean, whatever its size. */
    @Test
    void aMapOfLogitsCountsOnce() {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {1, 2}, 2, 1, 1, 1).requiresGrad(true);
            Tensor map = Functional.upsampleNearest(x.mul(3), 4);

            assertThat(Regulariser.steepness(map, x).toArray()).containsExactly(9, 9);
        }
    }

    private static double loss(Regularisers regularisers, long step) {
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("objective/regularisers");
            List<Tensor> weights = Critics.weights(oracle);
            return regularisers
                    .discriminator(
                            new Hinge(),
                            x -> Critics.apply(weights, x),
                            oracle.tensor("real"),
                            oracle.tensor("fake"),
                            step,
                            Draws.of(77))
                    .loss()
                    .item();
        }
    }
}
