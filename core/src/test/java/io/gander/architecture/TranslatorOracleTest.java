package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.oracle.Oracle;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network from pictures to pictures, and every discriminator of theirs, forward and backward, against PyTorch's: in
 * small for the numbers, at its source's size for the number of parameters. See bench/oracle/make_translator_fixtures.py.
 */
class TranslatorOracleTest {
    private static final Shape COLOUR = Shape.of(3, 256, 256);

    /**
     * The settings of a fixture.
     *
     * @param small the network for an input's shape
     * @param full the same at its source's size, whose parameters the fixture tells
     */
    record Fixture(String name, Function<Shape, Network> small, Network full) {
        Oracle read() {
            return Oracle.read("translator/" + name);
        }

        Model model(Oracle oracle) {
            long[] sizes = oracle.array("input").sizes();
            Model model = Model.create(small.apply(Shape.of((int) sizes[1], (int) sizes[2], (int) sizes[3])), 1);
            model.load(oracle.in("weight").values());
            return model;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Fixture generator(
            String name, int channels, TranslatorArchitecture small, TranslatorArchitecture full) {
        return new Fixture(name, in -> small.network(in, channels), full.network(COLOUR, 3));
    }

    static Stream<Fixture> fixtures() {
        return Stream.of(
                generator("unet", 3, unet(2, 0, Norm.BATCH, false), unet(64, 0, Norm.BATCH, false)),
                generator("unet-instance", 1, unet(2, 3, Norm.INSTANCE, true), unet(64, 8, Norm.INSTANCE, true)),
                new Fixture(
                        "encoder-decoder",
                        in -> new EncoderDecoder(1, 6, Output.TANH).network(in, 3),
                        new EncoderDecoder(64, 512, Output.TANH).network(Shape.of(3, 128, 128), 3)),
                generator("resnet", 3, resnet(2, 2, Norm.INSTANCE, false), resnet(64, 9, Norm.INSTANCE, false)),
                generator("resnet-batch", 3, resnet(2, 1, Norm.BATCH, true), resnet(64, 9, Norm.BATCH, true)),
                generator("srresnet", 3, srresnet(3, 2, 4, true), srresnet(64, 16, 4, true)),
                generator("srresnet-plain", 1, srresnet(3, 1, 3, false), srresnet(64, 16, 3, false)),
                generator("rrdb", 3, new Rrdb(4, 1, 2, 4, Output.LINEAR), new Rrdb(64, 23, 32, 4, Output.LINEAR)),
                new Fixture(
                        "patchgan",
                        new PatchGan(2, 3, Norm.BATCH, false)::network,
                        new PatchGan(64, 3, Norm.BATCH, false).network(Shape.of(6, 256, 256))),
                new Fixture(
                        "patchgan-instance",
                        new PatchGan(2, 2, Norm.INSTANCE, false)::network,
                        new PatchGan(64, 3, Norm.INSTANCE, false).network(COLOUR)),
                new Fixture(
                        "srgan",
                        new SrganDiscriminator(2)::network,
                        new SrganDiscriminator(64).network(Shape.of(3, 96, 96))));
    }

    private static UNet unet(int width, int downs, Norm norm, boolean resize) {
        return new UNet(width, downs, norm, 0, true, resize, Output.TANH);
    }

    private static ResnetTranslator resnet(int width, int blocks, Norm norm, boolean resize) {
        return new ResnetTranslator(width, blocks, norm, 0, resize, Output.TANH);
    }

    private static SrResnet srresnet(int width, int blocks, int scale, boolean norm) {
        return new SrResnet(width, blocks, scale, norm, false, Output.LINEAR);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void forwardAndBackwardMatch(Fixture fixture) {
        Oracle oracle = fixture.read();
        try (Model model = fixture.model(oracle);
                Scope scope = Scope.open()) {
            Tensor x = oracle.tensor("input").requiresGrad(true);
            Tensor y = model.apply(x, true);
            Tensor loss = y.square().mean();
            List<Tensor> inputs = new ArrayList<>(List.of(x));
            inputs.addAll(model.parameters());
            List<Tensor> gradients = Tensor.gradients(loss, inputs, false);

            oracle.assertEqual("training", y);
            oracle.assertEqual("loss", loss);
            oracle.assertEqual("slope", gradients.get(0));
            Oracle some = oracle.in("gradient");
            assertThat(some.arrays()).isNotEmpty();
            some.assertAll(named(model, gradients.subList(1, gradients.size()), some));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void inferenceMatches(Fixture fixture) {
        Oracle oracle = fixture.read();
        try (Model model = fixture.model(oracle);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            model.apply(oracle.tensor("input"), true); // the oracle's statistics have moved once
            oracle.assertEqual("inference", model.apply(oracle.tensor("input"), false));
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theWeightsAreNamedAsPyTorchNamesThem(Fixture fixture) {
        Oracle oracle = fixture.read();
        try (Model model = fixture.model(oracle)) {
            assertThat(model.weights().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            oracle.in("weight").arrays().keySet());
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void fullSizesHaveAsManyParametersAsTheirSources(Fixture fixture) {
        float[] parts = fixture.read().array("parameters").values();

        assertThat(fixture.full.parameters()).isEqualTo(1_000_000 * (long) parts[0] + (long) parts[1]);
    }

    /** The gradients of a model's trainable weights by name, of those that an oracle wants. */
    static Map<String, Tensor> named(Model model, List<Tensor> gradients, Oracle wanted) {
        Map<String, Tensor> named = new LinkedHashMap<>();
        int i = 0;
        for (WeightSpec spec : model.network().weights()) {
            if (spec.trainable()) {
                Tensor gradient = gradients.get(i++);
                if (wanted.arrays().containsKey(spec.name())) {
                    named.put(spec.name(), gradient);
                }
            }
        }
        return named;
    }
}
