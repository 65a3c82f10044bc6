package io.gander.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.oracle.Oracle;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every network from pictures to pictures, and every discriminator of theirs, forward and backward, against PyTorch's: in
 * small for the numbers, at its source's size for the number of parameters. See bench/oracle/make_translator_fixtures.py.
 */
class TranslatorOracleTest {
    private static final Shape COLOUR = Shape.of(3, 256, 256);

    /** The settings of each fixture, and of the full size that it tells the parameters of. */
    enum Fixture {
        UNET(
                in -> unet(2, 0, Norm.BATCH, false).network(in, 3),
                unet(64, 8, Norm.BATCH, false).network(COLOUR, 3)),
        UNET_INSTANCE(
                in -> unet(2, 3, Norm.INSTANCE, true).network(in, 1),
                unet(64, 8, Norm.INSTANCE, true).network(COLOUR, 3)),
        ENCODER_DECODER(
                in -> new EncoderDecoder(1, 6, Output.TANH).network(in, 3),
                new EncoderDecoder(64, 512, Output.TANH).network(Shape.of(3, 128, 128), 3)),
        RESNET(
                in -> resnet(2, 2, Norm.INSTANCE, false).network(in, 3),
                resnet(64, 9, Norm.INSTANCE, false).network(COLOUR, 3)),
        RESNET_BATCH(
                in -> resnet(2, 1, Norm.BATCH, true).network(in, 3),
                resnet(64, 9, Norm.BATCH, true).network(COLOUR, 3)),
        SRRESNET(
                in -> srresnet(3, 2, 4, true).network(in, 3),
                srresnet(64, 16, 4, true).network(COLOUR, 3)),
        SRRESNET_PLAIN(
                in -> srresnet(3, 1, 3, false).network(in, 1),
                srresnet(64, 16, 3, false).network(COLOUR, 3)),
        RRDB(
                in -> new Rrdb(4, 1, 2, 4, Output.LINEAR).network(in, 3),
                new Rrdb(64, 23, 32, 4, Output.LINEAR).network(COLOUR, 3)),
        PATCHGAN(
                new PatchGan(2, 3, Norm.BATCH)::network,
                new PatchGan(64, 3, Norm.BATCH).network(Shape.of(6, 256, 256))),
        PATCHGAN_INSTANCE(
                new PatchGan(2, 2, Norm.INSTANCE)::network, new PatchGan(64, 3, Norm.INSTANCE).network(COLOUR)),
        SRGAN(new SrganDiscriminator(2)::network, new SrganDiscriminator(64).network(Shape.of(3, 96, 96)));

        private final Function<Shape, Network> small;
        private final Network full;

        Fixture(Function<Shape, Network> small, Network full) {
            this.small = small;
            this.full = full;
        }

        Oracle read() {
            return Oracle.read(
                    "translator/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        }

        Model model(Oracle oracle) {
            long[] sizes = oracle.array("input").sizes();
            Model model = Model.create(small.apply(Shape.of((int) sizes[1], (int) sizes[2], (int) sizes[3])), 1);
            model.load(oracle.in("weight").values());
            return model;
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
    }

    @ParameterizedTest
    @EnumSource
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
    @EnumSource
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
    @EnumSource
    void theWeightsAreNamedAsPyTorchNamesThem(Fixture fixture) {
        Oracle oracle = fixture.read();
        try (Model model = fixture.model(oracle)) {
            assertThat(model.weights().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            oracle.in("weight").arrays().keySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void fullSizesHaveAsManyParametersAsTheirSources(Fixture fixture) {
        float[] parts = fixture.read().array("parameters").values();

        assertThat(fixture.full.parameters()).isEqualTo((long) parts[0] * 1_000_000 + (long) parts[1]);
    }

    private static Map<String, Tensor> named(Model model, List<Tensor> gradients, Oracle wanted) {
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
