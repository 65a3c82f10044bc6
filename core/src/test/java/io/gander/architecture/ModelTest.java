package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.layer.Initializer;
import io.gander.layer.Layers;
import io.gander.layer.Norm;
import io.gander.layer.Shape;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {
    private static final int BATCHES = 4;
    private static final int N = 16;

    private static final Network ONE_NORM =
            new Network("one norm", Shape.of(3), Layers.sequential(Layers.batchNorm()), Initializer.GLOROT_UNIFORM);

    private static Tensor batch(int i) {
        return Draws.of(i).normal(N, 3).scale(2).add(i);
    }

    @Test
    void measuredStatisticsAreTheMeanOfTheBatches() {
        try (Model model = Model.create(ONE_NORM, 1)) {
            model.measureStatistics(BATCHES, ModelTest::batch, Draws.of(0));
            double mean = 0;
            double variance = 0;
            for (int i = 0; i < BATCHES; i++) {
                float[] column = column(i);
                double m = 0;
                for (float value : column) {
                    m += value / N;
                }
                double v = 0;
                for (float value : column) {
                    v += (value - m) * (value - m) / (N - 1);
                }
                mean += m / BATCHES;
                variance += v / BATCHES;
            }
            assertThat(value(model, "0.running_mean")[0]).isCloseTo((float) mean, within(1e-5f));
            assertThat(value(model, "0.running_var")[0]).isCloseTo((float) variance, within(1e-4f));
        }
    }

    @Test
    void measuringTwiceGivesTheSameBits() {
        try (Model model = Model.create(ONE_NORM, 1)) {
            model.measureStatistics(BATCHES, ModelTest::batch, Draws.of(0));
            float[] once = value(model, "0.running_var");
            model.measureStatistics(BATCHES, ModelTest::batch, Draws.of(0));
            assertThat(value(model, "0.running_var")).containsExactly(once);
        }
    }

    @Test
    void aModelFollowsWithItsParametersOnly() {
        try (Model live = Model.create(ONE_NORM, 1);
                Model average = live.frozenCopy();
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Map<String, Tensor> weights = live.weights();
            List.of("0.weight", "0.running_mean")
                    .forEach(name -> weights.getOrDefault(name, Tensor.zeros(3)).fill(5));
            average.follow(live, 0.25);
            assertThat(value(average, "0.weight")).containsOnly(2); // 1 + (5 − 1) / 4
            assertThat(value(average, "0.running_mean")).containsOnly(0);
        }
    }

    private static float[] column(int batch) {
        try (Scope scope = Scope.open()) {
            return batch(batch).narrow(1, 0, 1).toArray();
        }
    }

    private static float[] value(Model model, String name) {
        try (Scope scope = Scope.open()) {
            Tensor weight = model.weights().get(name);
            assertThat(weight).isNotNull();
            return weight == null ? new float[0] : weight.toArray();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, false, false, true",
        "GROUP, false, false, true",
        "BATCH, false, false, false",
        "NONE, true, false, false",
        "NONE, false, true, false"
    })
    void aNetworkKnowsWhetherExamplesAreIndependent(
            Norm norm, boolean spectral, boolean deviation, boolean independent) {
        Network network = new Dcgan.Discriminator(4, norm, spectral, deviation).network(Shape.of(1, 16, 16));
        assertThat(network.layer().independent()).isEqualTo(independent);
        try (Model model = Model.create(network, 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor a = Draws.of(1).normal(4, 1, 16, 16);
            Tensor b = Draws.of(2).normal(4, 1, 16, 16).mul(3);
            Tensor together = model.apply(Tensor.concat(0, a, b), true).narrow(0, 0, 4);
            double difference = together.sub(model.apply(a, true)).abs().mean().item();
            assertThat(difference < 1e-5).isEqualTo(independent);
        }
    }
}
