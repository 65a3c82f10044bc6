package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.gander.error.Complaint;
import io.gander.image.Bitmap;
import io.gander.network.FeatureNetwork;
import io.gander.oracle.Oracle;
import io.gander.tensor.Safetensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PairMeasuresTest {
    private static final PairMeasures PLAIN = new PairMeasures(Channels.RGB, 0, null);

    static List<String[]> cases() {
        return new String(bytes("list.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(" ", -1))
                .toList();
    }

    private static byte[] bytes(String name) {
        try (InputStream in = PairMeasuresTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The two pictures of a fixture. */
    private static Bitmap picture(String name, int which, int width, int height, int channels) {
        int size = width * height * channels;
        byte[] pixels = Arrays.copyOfRange(bytes(name + ".raw"), which * size, (which + 1) * size);
        return new Bitmap(pixels, channels, height, width);
    }

    @ParameterizedTest(name = "{0} {1}×{2}, {3}, {4}, crop {5}")
    @MethodSource("cases")
    void theNumbersAreScikitImages(
            String name,
            int width,
            int height,
            int channels,
            Channels compared,
            int crop,
            double l1,
            double psnr,
            double ssim) {
        Bitmap truth = picture(name, 0, width, height, channels);
        Bitmap picture = picture(name, 1, width, height, channels);

        Map<String, Double> measures = new PairMeasures(compared, crop, null).of(picture, truth);

        assertThat(measures).containsOnlyKeys("l1", "psnr", "ssim");
        assertThat(measures.get("l1")).isCloseTo(l1, within(1e-9));
        assertThat(measures.get("psnr")).isCloseTo(psnr, within(1e-8));
        assertThat(measures.get("ssim")).isCloseTo(ssim, within(1e-8));
    }

    @Test
    void equalPicturesAreAsNearAsCanBe() {
        Bitmap picture = picture("noisy", 1, 31, 24, 3);

        assertThat(PLAIN.of(picture, picture).get("l1")).isZero();
        assertThat(PLAIN.of(picture, picture).get("psnr")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(PLAIN.of(picture, picture).get("ssim")).isCloseTo(1, within(1e-12));
    }

    @Test
    void greyBesideColourCountsAsGreyInThreeChannels() {
        Bitmap grey = picture("grey", 1, 23, 21, 1);
        Bitmap truth = picture("grey", 0, 23, 21, 1);

        Map<String, Double> mixed = PLAIN.of(grey, truth.withChannels(3));

        PLAIN.of(grey, truth)
                .forEach((name, value) -> assertThat(mixed.get(name)).as(name).isCloseTo(value, within(1e-12)));
    }

    @Test
    void whiteAndBlackHaveTheLumaOfTheStandard() {
        Bitmap two = new Bitmap(new byte[] {-1, -1, -1, 0, 0, 0}, 3, 1, 2);

        assertThat(Channels.Y.planes(two)[0]).containsExactly(new double[] {235, 16}, within(0.0021));
    }

    @Test
    void theDistanceIsThatOfTheFeaturesOnAllColours(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("vgg.safetensors");
        Safetensors.writeArrays(file, Oracle.read("features").in("network").arrays(), Map.of());
        Bitmap truth = picture("noisy", 0, 31, 24, 3);
        Bitmap picture = picture("noisy", 1, 31, 24, 3);
        try (FeatureNetwork features = FeatureNetwork.open(file)) {
            PairMeasures luma = new PairMeasures(Channels.Y, 3, features);

            assertThat(luma.of(truth, truth)).containsEntry("lpips", 0.0);
            assertThat(luma.of(picture, truth)).containsOnlyKeys("l1", "psnr", "ssim", "lpips");
            assertThat(luma.of(picture, truth).get("lpips"))
                    .isGreaterThan(1e-4)
                    .isEqualTo(new PairMeasures(Channels.RGB, 3, features)
                            .of(picture, truth)
                            .get("lpips"))
                    .isNotEqualTo(new PairMeasures(Channels.RGB, 0, features)
                            .of(picture, truth)
                            .get("lpips"));
        }
    }

    @Test
    void theMeanIsOverPairs() {
        Map<String, Double> mean =
                PairMeasures.mean(List.of(Map.of("l1", 1.0, "psnr", 20.0), Map.of("l1", 2.0, "psnr", 30.0)));

        assertThat(mean).containsOnly(entry("l1", 1.5), entry("psnr", 25.0));
        assertThat(PairMeasures.mean(List.of())).isEmpty();
    }

    @Test
    void picturesOfDifferentSizesAreRefused() {
        Bitmap wide = new Bitmap(new byte[12 * 20], 1, 12, 20);
        Bitmap tall = new Bitmap(new byte[12 * 20], 1, 20, 12);

        Complaint.of(() -> PLAIN.of(wide, tall)).contains("20×12 pixels", "12×20 pixels");
    }

    @Test
    void aCropThatLeavesNothingIsRefused() {
        Bitmap small = new Bitmap(new byte[12 * 20], 1, 12, 20);

        Complaint.of(() -> new PairMeasures(Channels.RGB, 6, null).of(small, small))
                .contains("20×12", "6 pixels");
    }

    @Test
    void aPictureWithoutRoomForAWindowIsRefused() {
        Bitmap small = new Bitmap(new byte[12 * 20], 1, 12, 20);

        Complaint.of(() -> new PairMeasures(Channels.RGB, 1, null).of(small, small))
                .contains("SSIM", "11×11", "18×10");
    }
}
