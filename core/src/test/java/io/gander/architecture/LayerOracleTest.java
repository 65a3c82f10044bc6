package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.BiasedLeakyRelu;
import io.gander.layer.Binomial;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dense;
import io.gander.layer.GroupNorm;
import io.gander.layer.Initializer;
import io.gander.layer.InstanceNorm;
import io.gander.layer.Layer;
import io.gander.layer.MinibatchDeviation;
import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Prelu;
import io.gander.layer.ReflectionPad;
import io.gander.layer.Shape;
import io.gander.layer.SpectralNorm;
import io.gander.layer.Upsample;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.oracle.Oracle;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * R3GAN's networks, the layers that only discriminators have, and one and three axes, forward and backward against PyTorch's, in the second of two passes. See
 * bench/oracle/make_layer_fixtures.py.
 */
class LayerOracleTest {
    private static final Latent LATENT = new Latent(5, Latent.Distribution.NORMAL);

    record Fixture(String name, Network network) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fixture> fixtures() {
        R3Gan.Stages few = new R3Gan.Stages(2, 1, 2);
        R3Gan.Stages more = new R3Gan.Stages(4, 2, 4);
        Shape digit = Shape.of(1, 28, 28);
        Shape colour = Shape.of(3, 16, 16);
        return Stream.of(
                new Fixture("r3gan-generator-28", new R3Gan.Generator(LATENT, few, Output.TANH).network(digit, 5)),
                new Fixture(
                        "r3gan-generator-8",
                        new R3Gan.Generator(LATENT, more, Output.TANH).network(Shape.of(3, 8, 8), 5)),
                new Fixture("r3gan-discriminator-28", new R3Gan.Discriminator(few).network(digit, 1)),
                new Fixture("r3gan-discriminator-16", new R3Gan.Discriminator(more).network(colour, 1)),
                new Fixture(
                        "spectral-norm",
                        network(
                                Shape.of(3, 8, 8),
                                new SpectralNorm(new Conv(4, 4, 2, 1, true)),
                                leakyRelu(),
                                flatten(),
                                new SpectralNorm(new Dense(2, false)))),
                between("minibatch-deviation", List.of(new MinibatchDeviation())),
                between("layer-norm", Norm.LAYER.layers(4)),
                between("group-norm", List.of(new GroupNorm(2, 1e-5))),
                everyLayer(1, Shape.of(2, 7)),
                everyLayer(3, Shape.of(2, 3, 2, 3)),
                dcganGenerator(Shape.of(1, 16)),
                dcganGenerator(Shape.of(1, 14, 14, 14)),
                dcganDiscriminator(Shape.of(1, 16)),
                dcganDiscriminator(Shape.of(1, 14, 14, 14)));
    }

    private static Fixture dcganGenerator(Shape example) {
        Network network = new Dcgan.Generator(LATENT, 2, Output.TANH).network(example, 5);
        return new Fixture("dcgan-generator-" + example.axes().size(), network);
    }

    private static Fixture dcganDiscriminator(Shape example) {
        Network network = new Dcgan.Discriminator(2, Norm.BATCH, false, false).network(example, 1);
        return new Fixture("dcgan-discriminator-" + example.axes().size(), network);
    }

    private static Fixture everyLayer(int axes, Shape input) {
        return new Fixture(
                "every-layer-" + axes,
                network(
                        input,
                        new ConvTranspose(4, 3, 2, 1, 1, true),
                        leakyRelu(),
                        batchNorm(),
                        new ReflectionPad(1),
                        new Conv(6, 3, 2, 1, false, 2),
                        new InstanceNorm(6, 1e-5),
                        new Prelu(),
                        new Upsample(2),
                        Binomial.DOWN,
                        new Conv(4, 1, 1, 0, false),
                        new GroupNorm(2, 1e-5),
                        new BiasedLeakyRelu(),
                        Binomial.UP,
                        new MinibatchDeviation(),
                        new SpectralNorm(new Conv(1, 3, 1, 0, true))));
    }

    private static Fixture between(String name, List<Layer> layers) {
        List<Layer> all = new ArrayList<>(List.of(new Conv(4, 3, 1, 1, true)));
        all.addAll(layers);
        all.add(leakyRelu());
        return new Fixture(name, network(Shape.of(3, 6, 5), all.toArray(Layer[]::new)));
    }

    private static Network network(Shape input, Layer... layers) {
        return new Network("test", input, sequential(layers), Initializer.DCGAN);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void forwardAndBackwardMatch(Fixture fixture) {
        Oracle oracle = Oracle.read("layer/" + fixture.name);
        try (Model model = Model.create(fixture.network, 1);
                Scope scope = Scope.open()) {
            model.load(oracle.in("weight").values());
            Tensor x = oracle.tensor("input").requiresGrad(true);
            model.apply(x, true);
            Tensor y = model.apply(x, true);
            Tensor loss = y.square().mean();
            List<Tensor> inputs = new ArrayList<>(List.of(x));
            inputs.addAll(model.parameters());
            List<Tensor> gradients = Tensor.gradients(loss, inputs, false);

            oracle.assertEqual("training", y);
            oracle.assertEqual("loss", loss);
            oracle.assertEqual("slope", gradients.get(0));
            Oracle all = oracle.in("gradient");
            assertThat(all.arrays()).hasSize(gradients.size() - 1);
            all.assertAll(TranslatorOracleTest.named(model, gradients.subList(1, gradients.size()), all));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theWeightsAreNamedAsPyTorchNamesThem(Fixture fixture) {
        Oracle oracle = Oracle.read("layer/" + fixture.name);
        try (Model model = Model.create(fixture.network, 1)) {
            assertThat(model.weights().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            oracle.in("weight").arrays().keySet());
        }
    }
}
