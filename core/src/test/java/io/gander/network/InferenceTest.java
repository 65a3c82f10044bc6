package io.gander.network;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.reshape;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;
import static io.gander.layer.Layers.skip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Networks;
import io.gander.architecture.Architectures;
import io.gander.error.UserError;
import io.gander.layer.Activation;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Shape;
import io.gander.recipe.Precision;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceTest {
    private static Network network(Shape input, Layer... layers) {
        return new Network("test", input, sequential(layers), Initializer.GLOROT_UNIFORM);
    }

    private static Network dcgan(Shape example) {
        return Architectures.generator(Gander.recipe("mnist-dcgan").with("generator.width", 4))
                .network(example);
    }

    static Stream<Network> networks() {
        Shape image = Shape.of(4, 6, 8);
        Stream<Network> shipped = Stream.of(
                        "mnist-mlp", "mnist-mlp-keras", "mnist-dcgan", "dcgan-64", "mnist-conditional", "mnist-r3gan")
                .map(name -> Networks.generator(Gander.recipe(name)));
        Stream<Network> made = Stream.of(
                network(image, conv(6, 3, 1, 1), relu(), new Conv(4, 3, 2, 1, true, 2), Activation.TANH),
                network(
                        image,
                        convTranspose(6, 4, 2, 1),
                        batchNorm(),
                        relu(),
                        convTranspose(2, 4, 2, 1),
                        Activation.SIGMOID),
                network(
                        image,
                        convTranspose(4, 4, 2, 1),
                        leakyRelu(),
                        new ConvTranspose(3, 3, 2, 1, 1, true),
                        Activation.TANH),
                network(Shape.of(5), reshape(5, 1, 1), convTranspose(3, 7, 1, 0), batchNorm(), conv(2, 7, 1, 0)),
                network(image, skip(relu(), conv(3, 3, 1, 1), relu()), residual(conv(7, 3, 1, 1), batchNorm()), relu()),
                network(Shape.of(3, 32, 32), conv(8, 3, 1, 1), batchNorm(), relu(), convTranspose(1, 4, 2, 1)),
                network(Shape.of(5), reshape(5, 1), convTranspose(6, 4, 1, 0), batchNorm(), relu(), conv(2, 3, 1, 1)),
                dcgan(Shape.of(1, 32)),
                dcgan(Shape.of(1, 16, 16, 16)));
        return Stream.concat(shipped, made);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void givesWhatTheNetworkGives(Network network) {
        try (Model model = LivelyModels.create(network, 7);
                Inference inference = Inference.of(network, LivelyModels.weights(model), Precision.FLOAT32);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            for (int batch : new int[] {1, 5}) {
                Tensor x = LivelyModels.input(network, batch, 11);
                Tensor expected = model.apply(x, false);
                Tensor actual = inference.apply(x);
                assertThat(actual.shape()).isEqualTo(expected.shape());
                assertThat(LivelyModels.difference(actual.toArray(), expected.toArray()))
                        .isLessThan(1e-5);
            }
        }
    }

    /** Of networks whose last activation is one of pictures. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "mnist-mlp",
                "mnist-mlp-keras",
                "mnist-dcgan",
                "dcgan-64",
                "mnist-conditional",
                "mnist-r3gan",
                "pix2pix",
                "sr-x4"
            })
    void inBfloat16PicturesAreWithinAGreyLevelInTheMean(String recipe) {
        Network network = Networks.generator(Gander.recipe(recipe));
        Map<String, float[]> weights;
        try (Model model = LivelyModels.create(network, 7)) {
            weights = LivelyModels.weights(model);
        }
        try (Inference wide = Inference.of(network, weights, Precision.FLOAT32);
                Inference low = Inference.of(network, weights, Precision.BFLOAT16);
                Scope scope = Scope.open()) {
            Tensor x = LivelyModels.input(network, 2, 11);
            float[] expected = wide.apply(x).toArray();
            float[] actual = low.apply(x).toArray();
            double sum = 0;
            for (int i = 0; i < expected.length; i++) {
                sum += Math.abs(actual[i] - expected[i]);
            }
            assertThat(sum / expected.length).isLessThan(1 / 127.5).isGreaterThan(1e-7);
        }
    }

    @Test
    void wantsTheNetworksOwnWeights() {
        assertThatThrownBy(
                        () -> Inference.of(network(Shape.of(4, 6, 6), conv(1, 3, 1, 1)), Map.of(), Precision.FLOAT32))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("0.weight is missing");
    }
}
