package io.gander.network;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.dropout;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.kerasBatchNorm;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.reshape;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;
import static io.gander.layer.Layers.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.UserError;
import io.gander.layer.BatchNorm;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dense;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Shape;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldingTest {
    private static Network network(Shape input, Layer... layers) {
        return new Network("test", input, sequential(layers), Initializer.GLOROT_UNIFORM);
    }

    /** Each network, with the layers that are to be left of it. */
    static Stream<Arguments> networks() {
        Shape image = Shape.of(3, 6, 6);
        return Stream.of(
                Arguments.of(network(Shape.of(5), dense(4), batchNorm(), relu()), "dense 4 → relu"),
                Arguments.of(
                        network(image, conv(4, 3, 2, 1), batchNorm(), relu()), "conv 4, kernel 3, stride 2 → relu"),
                Arguments.of(
                        network(image, convTranspose(4, 4, 2, 1), kerasBatchNorm()),
                        "convTranspose 4, kernel 4, stride 2"),
                Arguments.of(
                        network(image, new ConvTranspose(7, 5, 2, 2, 1, true), batchNorm()),
                        "convTranspose 7, kernel 5, stride 2"),
                // into the dense layer behind
                Arguments.of(
                        network(Shape.of(5), dense(6), relu(), kerasBatchNorm(), new Dense(3, false)),
                        "dense 6 → relu → dense 3"),
                // the layer before comes first, and nothing is folded twice
                Arguments.of(network(Shape.of(5), dense(6), batchNorm(), dense(3)), "dense 6 → dense 3"),
                Arguments.of(
                        network(Shape.of(5), batchNorm(), dense(6), batchNorm(), batchNorm(), dense(3), batchNorm()),
                        "dense 6 → dense 3"),
                // across the borders of nested sequences, and across dropout
                Arguments.of(
                        network(
                                image,
                                sequential(leakyRelu(), sequential(conv(4, 3, 1, 1))),
                                sequential(dropout(0.5), batchNorm(), flatten()),
                                dense(2)),
                        "leakyRelu .2 → conv 4, kernel 3, stride 1 → flatten → dense 2"),
                // inside what uses its input twice, but not across its border
                Arguments.of(
                        network(
                                image,
                                conv(4, 3, 1, 1),
                                residual(batchNorm(), conv(4, 3, 1, 1), dropout(0.5), batchNorm()),
                                batchNorm(),
                                skip(sequential(conv(2, 3, 1, 1), batchNorm()), skip(conv(1, 1, 1, 0), batchNorm())),
                                conv(3, 1, 1, 0),
                                batchNorm()),
                        "conv 4, kernel 3, stride 1 → residual (batchNorm → conv 4, kernel 3, stride 1) → batchNorm → skip (conv 2,"
                                + " kernel 3, stride 1 → skip (conv 1, kernel 1, stride 1)) → conv 3, kernel 1, stride 1"),
                // what has to stay: before a convolution, and behind a reshape
                Arguments.of(
                        network(image, relu(), batchNorm(), conv(4, 3, 1, 1)),
                        "relu → batchNorm → conv 4, kernel 3, stride 1"),
                Arguments.of(
                        network(Shape.of(5), dense(12), reshape(3, 2, 2), batchNorm(), flatten(), dense(2)),
                        "dense 12 → reshape 3×2×2 → batchNorm → flatten → dense 2"));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void computesTheSameWithFewerLayers(Network network, String left) {
        try (Model model = LivelyModels.create(network, 7);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Folding folding = Folding.of(network, LivelyModels.weights(model));
            assertThat(folding.network().layer()).hasToString(left);
            assertThat(folding.network().output()).isEqualTo(network.output());
            try (Model folded = Model.create(folding.network(), 0)) {
                folded.load(folding.weights());
                Tensor x = LivelyModels.input(network, 5, 11);
                float[] expected = model.apply(x, false).toArray();
                float[] actual = folded.apply(x, false).toArray();
                assertThat(LivelyModels.difference(actual, expected)).isLessThan(1e-5);
            }
        }
    }

    @Test
    void foldsByTheFormulaAndLeavesItsInputsAlone() {
        Network network = network(Shape.of(2), relu(), dense(1), new BatchNorm(1, 0.1));
        Map<String, float[]> weights = new LinkedHashMap<>();
        weights.put("1.weight", new float[] {2, -3});
        weights.put("1.bias", new float[] {5});
        weights.put("2.weight", new float[] {6}); // γ
        weights.put("2.bias", new float[] {7}); // β
        weights.put("2.running_mean", new float[] {4});
        weights.put("2.running_var", new float[] {8}); // √(8 + ε) = 3

        Map<String, float[]> folded = Folding.of(network, weights).weights();

        assertThat(folded.keySet()).containsExactly("1.weight", "1.bias");
        assertThat(folded.get("1.weight")).containsExactly(4, -6);
        assertThat(folded.get("1.bias")).containsExactly((5 - 4) * 2 + 7);
        assertThat(weights.get("1.weight")).containsExactly(2, -3);
        assertThat(weights.get("1.bias")).containsExactly(5);
    }

    @Test
    void namesFollowThePlaces() {
        Network network = network(
                Shape.of(4), sequential(dense(8), batchNorm()), dropout(0.5), reshape(2, 2, 2), conv(3, 1, 1, 0));
        try (Model model = LivelyModels.create(network, 1)) {
            Folding folding = Folding.of(network, LivelyModels.weights(model));
            assertThat(folding.weights().keySet()).containsExactly("0.weight", "0.bias", "2.weight");
        }
    }

    @Test
    void wantsTheNetworksOwnWeights() {
        Network network = network(Shape.of(4), dense(8));
        Map<String, float[]> wrong = Map.of("0.weight", new float[32], "0.bias", new float[7]);
        for (Map<String, float[]> weights : List.of(wrong, Map.of("0.weight", new float[32]))) {
            assertThatThrownBy(() -> Folding.of(network, weights))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("0.bias")
                    .hasMessageContaining("another network");
        }
    }

    @Test
    void wrongWeightsChangeNoModel() {
        Network network = network(Shape.of(2), dense(1));
        try (Model model = Model.create(network, 3)) {
            float[] before = LivelyModels.weights(model).get("0.weight");
            assertThatThrownBy(() -> model.load(Map.of("0.weight", new float[2])))
                    .isInstanceOf(UserError.class);
            assertThat(Arrays.equals(LivelyModels.weights(model).get("0.weight"), before))
                    .isTrue();
        }
    }
}
