package io.gander.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.error.Complaint;
import io.gander.network.FeatureNetwork.Difference;
import io.gander.oracle.Oracle;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Safetensors.Array;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tiny network of VGG's shape against PyTorch's: blocks of two, one and two convolutions. */
class FeatureNetworkTest {
    private static final Oracle ORACLE = Oracle.read("features");

    private final Path file;
    private final Scope scope = Scope.open();

    FeatureNetworkTest(@TempDir Path folder) {
        this.file = folder.resolve("vgg.safetensors");
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private FeatureNetwork open(Map<String, String> metadata, Consumer<Map<String, Array>> change) {
        Map<String, Array> arrays = new LinkedHashMap<>(ORACLE.in("network").arrays());
        change.accept(arrays);
        try {
            Safetensors.writeArrays(file, arrays, metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FeatureNetwork.open(file);
    }

    private FeatureNetwork plain() {
        return open(Map.of(), arrays -> {});
    }

    private FeatureNetwork weighed() {
        return open(Map.of(), arrays -> arrays.putAll(ORACLE.in("lin").arrays()));
    }

    @Test
    void layersAreNamedByBlockAndNumber() {
        try (FeatureNetwork network = plain()) {
            assertThat(network.layers())
                    .containsExactly(
                            "conv1_1", "relu1_1", "conv1_2", "relu1_2", "conv2_1", "relu2_1", "conv3_1", "relu3_1",
                            "conv3_2", "relu3_2");
            assertThat(network.lpipsLayers()).containsExactly("relu1_2", "relu2_1", "relu3_2");
        }
    }

    @Test
    void everyMapIsPyTorchs() {
        try (FeatureNetwork network = plain();
                NoGrad off = NoGrad.open()) {
            Map<String, Tensor> maps = network.features(ORACLE.tensor("a"), network.layers());

            assertThat(maps.keySet()).containsExactlyElementsOf(network.layers());
            maps.forEach(ORACLE.in("map")::assertEqual);
        }
    }

    @Test
    void mapsComeInTheOrderAskedForAndDoNotDependOnIt() {
        try (FeatureNetwork network = plain()) {
            Map<String, Tensor> maps = network.features(ORACLE.tensor("a"), List.of("relu2_1", "conv1_1"));

            assertThat(maps.keySet()).containsExactly("relu2_1", "conv1_1");
            maps.forEach(ORACLE.in("map")::assertEqual);
        }
    }

    @Test
    void greyIsSeenAsThreeEqualChannels() {
        try (FeatureNetwork network = plain()) {
            network.features(ORACLE.tensor("grey"), List.of("relu3_1")).forEach(ORACLE.in("grey")::assertEqual);
        }
    }

    @Test
    void theFileSaysHowPicturesAreNormalised() {
        Map<String, String> metadata = Map.of("mean", "0.4,0.5,0.3", "std", "0.25, 1.5, 0.5");
        try (FeatureNetwork network = open(metadata, arrays -> {})) {
            network.features(ORACLE.tensor("a"), List.of("conv2_1")).forEach(ORACLE.in("own")::assertEqual);
        }
    }

    @Test
    void contentLossesAndTheirGradientsArePyTorchs() {
        try (FeatureNetwork network = plain()) {
            Tensor fake = ORACLE.tensor("a").requiresGrad(true);
            Tensor real = ORACLE.tensor("b");

            assertLoss("absolute", network.contentLoss(fake, real, "conv3_2", Difference.ABSOLUTE), fake);
            assertLoss("squared", network.contentLoss(fake, real, "relu2_1", Difference.SQUARED), fake);
        }
    }

    /** Two networks of one shape may differ much in how large their maps are; what a recipe's weight means shall not. */
    @Test
    void contentLossesDoNotDependOnTheScaleOfTheMaps() {
        Tensor a = ORACLE.tensor("a");
        Tensor b = ORACLE.tensor("b");
        try (FeatureNetwork network = plain();
                FeatureNetwork loud = open(Map.of(), FeatureNetworkTest::louder)) {
            for (Difference difference : Difference.values()) {
                double expected =
                        network.contentLoss(a, b, "conv3_2", difference).item();
                assertThat(loud.contentLoss(a, b, "conv3_2", difference).item())
                        .isCloseTo(expected, within(1e-5 * expected));
            }
        }
    }

    private static void louder(Map<String, Array> arrays) {
        for (String name : List.of("features.10.weight", "features.10.bias")) {
            Array array = Objects.requireNonNull(arrays.get(name));
            float[] values = array.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= 300;
            }
            arrays.put(name, new Array(array.sizes(), values));
        }
    }

    @Test
    void noGradientFlowsToTheRealPictures() {
        try (FeatureNetwork network = plain()) {
            Tensor both = ORACLE.tensor("a").requiresGrad(true);
            Tensor loss = network.contentLoss(both, both.mul(0.5), "conv3_2", Difference.ABSOLUTE);
            Tensor cut = network.contentLoss(both, both.mul(0.5).detach(), "conv3_2", Difference.ABSOLUTE);

            assertThat(gradient(loss, both).toArray())
                    .containsExactly(gradient(cut, both).toArray());
        }
    }

    @Test
    void distancesAndTheirGradientsArePyTorchs() {
        Tensor a = ORACLE.tensor("a").requiresGrad(true);
        Tensor b = ORACLE.tensor("b");
        try (FeatureNetwork network = plain()) {
            assertLoss("plain", network.lpips(a, b), a);
        }
        try (FeatureNetwork network = weighed()) {
            assertLoss("weighed", network.lpips(a, b), a);
        }
    }

    private static void assertLoss(String name, Tensor loss, Tensor of) {
        ORACLE.in("loss").assertEqual(name, loss);
        Tensor total = loss.shape().length == 0 ? loss : loss.mul(ORACLE.tensor("slope"));
        ORACLE.in("gradient").assertEqual(name, gradient(total.sum(), of));
    }

    private static Tensor gradient(Tensor loss, Tensor of) {
        return Tensor.gradients(loss, List.of(of), false).get(0);
    }

    @Test
    void aPictureIsNotDistantFromItself() {
        try (FeatureNetwork network = weighed();
                NoGrad off = NoGrad.open()) {
            assertThat(network.lpips(ORACLE.tensor("a"), ORACLE.tensor("a")).toArray())
                    .containsOnly(0);
        }
    }

    @Test
    void placesWhereAllChannelsAre0HaveFiniteGradients() {
        Tensor map = Tensor.zeros(1, 3, 2, 2).requiresGrad(true);
        Tensor unit = FeatureNetwork.unit(map);

        assertThat(unit.toArray()).containsOnly(0);
        assertThat(gradient(unit.add(-0.5).square().sum(), map).isFinite()).isTrue();
    }

    @Test
    void aNetworkThatAnswersNothingSeesNoDistanceThere() {
        try (FeatureNetwork network = open(Map.of(), arrays -> arrays.replace("features.10.bias", deaf(5)))) {
            Tensor a = ORACLE.tensor("a").requiresGrad(true);
            Tensor distance = network.lpips(a, ORACLE.tensor("b"));

            assertThat(distance.isFinite()).isTrue();
            assertThat(gradient(distance.sum(), a).isFinite()).isTrue();
        }
    }

    private static Array deaf(int channels) {
        float[] values = new float[channels];
        Arrays.fill(values, -100);
        return new Array(new long[] {channels}, values);
    }

    @Test
    void anUnknownLayerIsNamedWithItsNeighbours() {
        try (FeatureNetwork network = plain()) {
            Complaint.of(() -> network.features(ORACLE.tensor("a"), List.of("relu3_4")))
                    .contains("vgg.safetensors", "no layer 'relu3_4'", "'relu3_1'", "'relu3_2'");
        }
    }

    @Test
    void picturesTooSmallForALayerAreRefused() {
        try (FeatureNetwork network = plain()) {
            Tensor small = ORACLE.tensor("a").narrow(2, 0, 3);

            assertThat(network.features(small, List.of("relu2_1"))).hasSize(1);
            Complaint.of(() -> network.features(small, List.of("relu3_1"))).contains("3×9", "conv3_1", "4×4");

            network.check("relu2_1", 3);
            network.check("conv3_1", 4);
            Complaint.of(() -> network.check("relu3_1", 3)).contains("3×3", "conv3_1", "4×4");
            Complaint.of(() -> network.check("relu3_4", 9)).contains("no layer 'relu3_4'");
        }
    }

    @Test
    void aFileOfSomethingElseIsRefusedWithTheNamesItHas() {
        Complaint.of(() -> open(Map.of(), arrays -> {
                    arrays.clear();
                    arrays.put("conv.weight", deaf(2));
                }))
                .contains("vgg.safetensors", "no array features.0.weight", "conv.weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"features.2.weight", "features.0.bias", "features.5.weight"})
    void aFileWithoutOneOfTheArraysIsRefused(String name) {
        Complaint.of(() -> open(Map.of(), arrays -> arrays.remove(name))).contains("vgg.safetensors", "features.");
    }

    @Test
    void aBatchNormIsRefused() {
        Complaint.of(() -> open(Map.of(), arrays -> arrays.put("features.1.weight", deaf(4))))
                .contains("features.1 does not follow features.0");
    }

    @Test
    void anArrayOfAnotherShapeIsRefused() {
        Complaint.of(() -> open(Map.of(), arrays -> arrays.replace("features.2.bias", deaf(4))))
                .contains("features.2.bias is 4 where 5 is expected");
        Complaint.of(() -> open(Map.of(), arrays -> arrays.replace("features.2.weight", deaf(4))))
                .contains("features.2.weight is 4 where out×4×3×3 is expected");
    }

    @Test
    void channelWeightsThatDoNotFitAreRefused() {
        Complaint.of(() -> open(Map.of(), arrays -> arrays.put("lin0.weight", deaf(5))))
                .contains("lin1.weight should hold 6 values");
        Complaint.of(() -> open(Map.of(), arrays -> {
                    arrays.putAll(ORACLE.in("lin").arrays());
                    arrays.replace("lin2.weight", deaf(4));
                }))
                .contains("lin2.weight should hold 5 values, for the channels of relu3_2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "red", ""})
    void metadataThatAreNoThreeNumbersAreRefused(String mean) {
        Complaint.of(() -> open(Map.of("mean", mean), arrays -> {})).contains("the mean is '" + mean + "'");
    }
}
