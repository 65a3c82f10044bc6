package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.dropout;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.reshape;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;
import static io.gander.layer.Layers.skip;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.layer.Activation;
import io.gander.layer.BiasedLeakyRelu;
import io.gander.layer.Binomial;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dense;
import io.gander.layer.Dropout;
import io.gander.layer.Enlarged;
import io.gander.layer.GroupNorm;
import io.gander.layer.Initializer;
import io.gander.layer.InstanceNorm;
import io.gander.layer.Layer;
import io.gander.layer.LearnedBasis;
import io.gander.layer.MinibatchDeviation;
import io.gander.layer.PixelShuffle;
import io.gander.layer.Prelu;
import io.gander.layer.ReflectionPad;
import io.gander.layer.Residual;
import io.gander.layer.Shape;
import io.gander.layer.SpectralNorm;
import io.gander.layer.Upsample;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShapesTest {
    private static final Shape FEW = Shape.of(6);
    private static final Shape SOUND = Shape.of(3, 10);
    private static final Shape IMAGE = Shape.of(3, 8, 10);
    private static final Shape SOLID = Shape.of(3, 8, 10, 6);

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(dense(4), FEW, Shape.of(4)),
                Arguments.of(new Dense(4, false), FEW, Shape.of(4)),
                Arguments.of(relu(), IMAGE, IMAGE),
                Arguments.of(leakyRelu(), FEW, FEW),
                Arguments.of(Activation.TANH, IMAGE, IMAGE),
                Arguments.of(Activation.SIGMOID, FEW, FEW),
                Arguments.of(batchNorm(), IMAGE, IMAGE),
                Arguments.of(batchNorm(), FEW, FEW),
                Arguments.of(dropout(0.5), IMAGE, IMAGE),
                Arguments.of(flatten(), IMAGE, Shape.of(240)),
                Arguments.of(flatten(), FEW, FEW),
                Arguments.of(reshape(2, 1, 3), FEW, Shape.of(2, 1, 3)),
                Arguments.of(conv(5, 3, 1, 1), IMAGE, Shape.of(5, 8, 10)),
                Arguments.of(conv(5, 4, 2, 1), IMAGE, Shape.of(5, 4, 5)),
                Arguments.of(conv(5, 3, 2, 0), IMAGE, Shape.of(5, 3, 4)), // what does not fill a stride is left over
                Arguments.of(conv(5, 8, 1, 0), IMAGE, Shape.of(5, 1, 3)),
                Arguments.of(new Conv(5, 5, 2, 2, true), IMAGE, Shape.of(5, 4, 5)),
                Arguments.of(convTranspose(5, 4, 2, 1), IMAGE, Shape.of(5, 16, 20)),
                Arguments.of(convTranspose(5, 3, 1, 1), IMAGE, Shape.of(5, 8, 10)),
                Arguments.of(convTranspose(5, 7, 1, 0), Shape.of(6, 1, 1), Shape.of(5, 7, 7)),
                Arguments.of(new ConvTranspose(5, 5, 2, 2, 1, true), IMAGE, Shape.of(5, 16, 20)),
                Arguments.of(sequential(conv(5, 4, 2, 1), relu(), flatten(), dense(1)), IMAGE, Shape.of(1)),
                Arguments.of(sequential(), IMAGE, IMAGE),
                Arguments.of(Activation.LINEAR, IMAGE, IMAGE),
                Arguments.of(new Dropout(0.5, true), IMAGE, IMAGE),
                Arguments.of(new InstanceNorm(3, 1e-5), IMAGE, IMAGE),
                Arguments.of(new Prelu(), IMAGE, IMAGE),
                Arguments.of(new PixelShuffle(2), Shape.of(12, 3, 5), Shape.of(3, 6, 10)),
                Arguments.of(new Upsample(3), IMAGE, Shape.of(3, 24, 30)),
                Arguments.of(new ReflectionPad(3), IMAGE, Shape.of(3, 14, 16)),
                Arguments.of(residual(relu(), conv(3, 3, 1, 1)), IMAGE, IMAGE),
                Arguments.of(new Residual(sequential(dense(6)), 0.5), FEW, FEW),
                Arguments.of(skip(conv(2, 3, 1, 1), skip(relu())), IMAGE, Shape.of(7, 8, 10)));
    }

    /** A layer along one and along three axes. */
    static Stream<Arguments> axes() {
        return Stream.of(
                Arguments.of(conv(5, 4, 2, 1), SOUND, Shape.of(5, 5)),
                Arguments.of(conv(5, 4, 2, 1), SOLID, Shape.of(5, 4, 5, 3)),
                Arguments.of(new Conv(6, 3, 2, 0, true, 3), SOUND, Shape.of(6, 4)),
                Arguments.of(new Conv(6, 3, 2, 0, true, 3), SOLID, Shape.of(6, 3, 4, 2)),
                Arguments.of(conv(5, 10, 1, 0), SOUND, Shape.of(5, 1)),
                Arguments.of(conv(5, 6, 1, 0), Shape.of(3, 6, 6, 6), Shape.of(5, 1, 1, 1)),
                Arguments.of(new ConvTranspose(5, 5, 2, 2, 1, true), SOUND, Shape.of(5, 20)),
                Arguments.of(new ConvTranspose(5, 5, 2, 2, 1, true), SOLID, Shape.of(5, 16, 20, 12)),
                Arguments.of(new ConvTranspose(5, 7, 1, 0, 0, true), Shape.of(3, 1), Shape.of(5, 7)),
                Arguments.of(convTranspose(5, 7, 1, 0), Shape.of(3, 1, 1, 1), Shape.of(5, 7, 7, 7)),
                Arguments.of(new Upsample(3), SOUND, Shape.of(3, 30)),
                Arguments.of(new Upsample(3), SOLID, Shape.of(3, 24, 30, 18)),
                Arguments.of(new ReflectionPad(3), SOUND, Shape.of(3, 16)),
                Arguments.of(new ReflectionPad(3), SOLID, Shape.of(3, 14, 16, 12)),
                Arguments.of(Binomial.UP, SOUND, Shape.of(3, 20)),
                Arguments.of(Binomial.UP, SOLID, Shape.of(3, 16, 20, 12)),
                Arguments.of(Binomial.DOWN, Shape.of(3, 9), Shape.of(3, 5)),
                Arguments.of(Binomial.DOWN, SOLID, Shape.of(3, 4, 5, 3)),
                Arguments.of(new LearnedBasis(SOUND), FEW, SOUND),
                Arguments.of(new LearnedBasis(SOLID), FEW, SOLID),
                Arguments.of(new MinibatchDeviation(), SOUND, Shape.of(4, 10)),
                Arguments.of(new MinibatchDeviation(), SOLID, Shape.of(4, 8, 10, 6)),
                Arguments.of(new SpectralNorm(conv(5, 3, 1, 1)), SOLID, Shape.of(5, 8, 10, 6)),
                Arguments.of(flatten(), SOLID, Shape.of(1440)),
                Arguments.of(skip(conv(2, 3, 1, 1)), SOLID, Shape.of(5, 8, 10, 6)),
                Arguments.of(residual(conv(3, 3, 1, 1), new Prelu(), new BiasedLeakyRelu()), SOLID, SOLID),
                Arguments.of(sequential(batchNorm(), new GroupNorm(3, 1e-5)), SOLID, SOLID),
                Arguments.of(sequential(new InstanceNorm(3, 1e-5), leakyRelu()), SOUND, SOUND));
    }

    @ParameterizedTest
    @MethodSource("axes")
    void everyLayerWorksAlongTheAxesThatComeIn(Layer layer, Shape input, Shape output) {
        everyLayerForetellsItsShape(layer, input, output);
        theEngineAgreesWithTheForetoldShape(layer, input, output);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerForetellsItsShape(Layer layer, Shape input, Shape output) {
        assertThat(layer.output(input)).isEqualTo(output);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theEngineAgreesWithTheForetoldShape(Layer layer, Shape input, Shape output) {
        try (Model model = Model.create(new Network("layer", input, layer, Initializer.DCGAN), 1);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            assertThat(model.apply(Tensor.zeros(input.batch(2)), true, Draws.of(1))
                            .shape())
                    .isEqualTo(output.batch(2));
            assertThat(model.weights().values().stream()
                            .mapToLong(Tensor::count)
                            .sum())
                    .isEqualTo(model.network().values());
        }
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of(
                        List.of(relu(), dense(4)),
                        IMAGE,
                        "layer 1: dense 4 cannot take 3×8×10: it wants a flat vector; put a flatten before it."),
                Arguments.of(
                        List.of(conv(5, 3, 1, 1)),
                        FEW,
                        "layer 0: conv 5, kernel 3, stride 1 cannot take 6: it wants channels and one, two or three axes behind them."),
                Arguments.of(
                        List.of(conv(5, 4, 2, 1), relu(), conv(5, 7, 1, 0)),
                        Shape.of(3, 8, 8),
                        "layer 2: conv 5, kernel 7, stride 1 cannot take 5×4×4: its kernel of 7×7 is larger than the padded"
                                + " input of 4×4."),
                Arguments.of(
                        List.of(convTranspose(5, 4, 2, 1)),
                        FEW,
                        "layer 0: convTranspose 5, kernel 4, stride 2 cannot take 6: it wants channels and one, two or three axes behind them."),
                Arguments.of(
                        List.of(relu(), relu(), convTranspose(5, 2, 1, 1)),
                        Shape.of(3, 1, 1),
                        "layer 2: convTranspose 5, kernel 2, stride 1 cannot take 3×1×1: nothing would be left; 5×0×0 would"
                                + " come out."),
                Arguments.of(
                        List.of(dense(100), reshape(2, 7, 7)),
                        FEW,
                        "layer 1: reshape 2×7×7 cannot take 100: 100 elements do not fill 2×7×7."),
                Arguments.of(
                        List.of(relu(), sequential(relu(), sequential(relu(), reshape(5)))),
                        FEW,
                        "layer 1.1.1: reshape 5 cannot take 6: 6 elements do not fill 5."),
                Arguments.of(
                        List.of(relu(), residual(relu(), skip(reshape(5)))),
                        FEW,
                        "layer 1.1.0: reshape 5 cannot take 6: 6 elements do not fill 5."),
                Arguments.of(
                        List.of(residual(conv(4, 3, 1, 1))),
                        IMAGE,
                        "layer 0: residual (conv 4, kernel 3, stride 1) cannot take 3×8×10: its body makes 4×8×10 of it, which"
                                + " cannot be added."),
                Arguments.of(
                        List.of(skip(conv(4, 4, 2, 1))),
                        IMAGE,
                        "layer 0: skip (conv 4, kernel 4, stride 2) cannot take 3×8×10: its body makes 4×4×5 of it, which does"
                                + " not fit beside it."),
                Arguments.of(
                        List.of(new InstanceNorm(4, 1e-5)),
                        IMAGE,
                        "layer 0: instanceNorm cannot take 3×8×10: it wants 4 channels."),
                Arguments.of(
                        List.of(new Prelu()),
                        FEW,
                        "layer 0: prelu cannot take 6: it wants channels and one, two or three axes behind them."),
                Arguments.of(
                        List.of(new Upsample(2)),
                        FEW,
                        "layer 0: upsample 2 cannot take 6: it wants channels and one, two or three axes behind them."),
                Arguments.of(
                        List.of(new PixelShuffle(2)),
                        IMAGE,
                        "layer 0: pixelShuffle 2 cannot take 3×8×10: it wants channels×height×width, and channels in"
                                + " multiples of 4."),
                Arguments.of(
                        List.of(new ReflectionPad(8)),
                        IMAGE,
                        "layer 0: reflectionPad 8 cannot take 3×8×10: sides of at least 9 have so much to reflect."),
                Arguments.of(
                        List.of(conv(5, 3, 1, 1)),
                        Shape.of(3, 4, 4, 4, 4),
                        "layer 0: conv 5, kernel 3, stride 1 cannot take 3×4×4×4×4: it wants channels and one, two or"
                                + " three axes behind them."),
                Arguments.of(
                        List.of(conv(5, 7, 1, 0)),
                        SOLID,
                        "layer 0: conv 5, kernel 7, stride 1 cannot take 3×8×10×6: its kernel of 7×7×7 is larger than the"
                                + " padded input of 8×10×6."),
                Arguments.of(
                        List.of(new PixelShuffle(2)),
                        Shape.of(4, 6),
                        "layer 0: pixelShuffle 2 cannot take 4×6: it wants channels×height×width, and channels in"
                                + " multiples of 4."),
                Arguments.of(
                        List.of(new Enlarged(sequential(new Upsample(2)), 2)),
                        SOLID,
                        "layer 0: bicubic 2 + (upsample 2) cannot take 3×8×10×6: it enlarges channels×height×width"
                                + " only."));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void aLayerThatDoesNotFitIsNamedWithItsPlaceAndBothShapes(List<Layer> layers, Shape input, String complaint) {
        Complaint.of(() -> new Network("player", input, sequential(layers), Initializer.DCGAN))
                .isEqualTo("player, " + complaint);
    }

    @Test
    void aSingleLayerThatDoesNotFitHasNoPlace() {
        Complaint.of(() -> new Network("player", IMAGE, dense(4), Initializer.DCGAN))
                .startsWith("player: dense 4 cannot take 3×8×10: ");
    }

    @ParameterizedTest
    @CsvSource({"7, 1", "7, 3", "1, 1"})
    void aKernelMustFitIntoBothSides(int height, int width) {
        Complaint.of(() -> new Network(
                        "player", Shape.of(1, height, width), sequential(conv(1, 8, 1, 0)), Initializer.DCGAN))
                .contains("8×8", "1×" + height + "×" + width);
    }

    @Test
    void aShapeKnowsItsSizes() {
        assertThat(IMAGE).hasToString("3×8×10");
        assertThat(IMAGE.count()).isEqualTo(240);
        assertThat(IMAGE.axes()).containsExactly(8, 10);
        assertThat(FEW.axes()).isEmpty();
        assertThat(IMAGE.side()).isZero();
        assertThat(FEW.side()).isZero();
        assertThat(Shape.of(2, List.of(5, 5, 5))).isEqualTo(Shape.of(2, 5, 5, 5));
        assertThat(Shape.of(2, 5, 5, 5).side()).isEqualTo(5);
        assertThat(SOLID.least()).isEqualTo(6);
        assertThat(SOLID.with(1).along(side -> side / 2)).isEqualTo(Shape.of(1, 4, 5, 3));
        assertThat(SOLID.area()).isEqualTo("8×10×6");
        assertThat(IMAGE.batch(5)).containsExactly(5, 3, 8, 10);
        assertThat(Shape.of(65_536, 1024, 1024).count()).isEqualTo(1L << 36);
    }
}
