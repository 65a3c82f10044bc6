package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.error.Complaint;
import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.layer.Output;
import io.gander.recipe.Sections;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DegradationTest {
    private static DegradeRecipe recipe(String degrade) {
        return DegradeRecipe.read(Sections.of("degrade", degrade));
    }

    private static Degradation degradation(String degrade) {
        return new Degradation(recipe(degrade), 1, Output.TANH);
    }

    private static Bitmap flat(int grey, int side) {
        byte[] pixels = new byte[side * side];
        Arrays.fill(pixels, (byte) grey);
        return new Bitmap(pixels, 1, side, side);
    }

    /** Smooth waves with an edge, in colour. */
    private static Bitmap waves(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % width;
            int y = i / 3 / width;
            double wave = 127 + 90 * Math.sin(x * 0.3 + i % 3) * Math.cos(y * 0.2) + (x > width / 2 ? 30 : -30);
            pixels[i] = (byte) Math.max(0, Math.min(255, wave));
        }
        return new Bitmap(pixels, 3, height, width);
    }

    private static double distance(Bitmap one, Bitmap other) {
        double sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            double d = (one.pixels()[i] & 255) - (other.pixels()[i] & 255);
            sum += d * d;
        }
        return Math.sqrt(sum / one.pixels().length);
    }

    private static int furthest(Bitmap one, Bitmap other) {
        int furthest = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            furthest = Math.max(furthest, Math.abs((one.pixels()[i] & 255) - (other.pixels()[i] & 255)));
        }
        return furthest;
    }

    @Test
    void nothingAskedForIsNothingDone() {
        Bitmap waves = waves(20, 12);

        assertThat(degradation("{}").apply(waves, 1).pixels()).isEqualTo(waves.pixels());
        assertThat(degradation("{noise: [0, 0], jpeg: 0, block-size: 4}")
                        .apply(waves, 1)
                        .pixels())
                .isEqualTo(waves.pixels());
    }

    @Test
    void noiseHasTheDeviationAskedFor() {
        Bitmap grey = flat(128, 128);

        Bitmap noisy = degradation("{noise: 20}").apply(grey, 5);

        assertThat(distance(noisy, grey)).isCloseTo(20, within(0.45)); // 4 standard errors of 128² draws
        double mean = 0;
        for (byte pixel : noisy.pixels()) {
            mean += (pixel & 255) / (128.0 * 128);
        }
        assertThat(mean).isCloseTo(128, within(0.65));
    }

    @Test
    void aRangeIsDrawnAnewForEachPicture() {
        try (Scope scope = Scope.open()) {
            int n = 40;
            float[] noisy = degradation("{noise: [10, 30]}")
                    .apply(Tensor.zeros(n, 1, 32, 32), 3)
                    .toArray();
            double least = 99;
            double most = 0;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int j = 0; j < 1024; j++) {
                    double value = noisy[i * 1024 + j] * 127.5;
                    sum += value * value;
                }
                least = Math.min(least, Math.sqrt(sum / 1024));
                most = Math.max(most, Math.sqrt(sum / 1024));
            }
            assertThat(least).isBetween(9.0, 14.0);
            assertThat(most).isBetween(26.0, 33.0);
        }
    }

    /** A lattice of 8×8 squares: whatever the seed, as many as asked for are mid grey, the others untouched. */
    @ParameterizedTest
    @CsvSource({"0.25, 16", "0.5, 32", "0.9, 58", "0.01, 1", "0.001, 0"})
    void theShareOfMissingBlocksIsExact(double share, int blocks) {
        for (long seed = 1; seed <= 5; seed++) {
            Bitmap bad = degradation("{blocks: " + share + ", block-size: 4}").apply(flat(10, 32), seed);
            int grey = 0;
            for (int block = 0; block < 64; block++) {
                int first = bad.pixels()[block / 8 * 4 * 32 + block % 8 * 4] & 255;
                for (int i = 0; i < 16; i++) {
                    int pixel = bad.pixels()[(block / 8 * 4 + i / 4) * 32 + block % 8 * 4 + i % 4] & 255;
                    assertThat(pixel).isEqualTo(first);
                }
                assertThat(first).isIn(10, 127, 128);
                grey += first == 10 ? 0 : 1;
            }
            assertThat(grey).isEqualTo(blocks);
        }
    }

    @Test
    void blocksMayBeCutOffAtTheBorder() {
        Bitmap bad = degradation("{blocks: 0.5, block-size: 5}").apply(flat(10, 12), 1);

        assertThat(bad.pixels()).contains(10);
        assertThat(distance(bad, flat(10, 12))).isPositive();
    }

    @Test
    void betterQualityIsNearer() {
        Bitmap waves = waves(48, 40);
        double poor = distance(degradation("{jpeg: 10}").apply(waves, 1), waves);
        double fair = distance(degradation("{jpeg: 50}").apply(waves, 1), waves);
        double good = distance(degradation("{jpeg: 95}").apply(waves, 1), waves);

        assertThat(good).isPositive().isLessThan(fair);
        assertThat(fair).isLessThan(poor);
        assertThat(poor).isLessThan(40);
        Bitmap grey = waves.withChannels(1);
        assertThat(distance(degradation("{jpeg: 95}").apply(grey, 1), grey)).isBetween(0.1, 4.0);
    }

    /** As files hold them, or training would see what using never does. */
    @ParameterizedTest
    @ValueSource(strings = {"{blur: 2}", "{grey: true}", "{blur: 2, low-resolution: 2}"})
    void whatComesOutIsWholeBytes(String degrade) {
        try (Scope scope = Scope.open()) {
            byte[] planes = new byte[3 * 16 * 24];
            waves(24, 16).planes(planes, 0);
            Tensor bad = degradation(degrade).apply(Tensor.ofPixels(planes, -1, 1, 1, 3, 16, 24), 1);
            for (float value : bad.toArray()) {
                double pixel = (value + 1) * 127.5;
                assertThat(pixel).isCloseTo(Math.rint(pixel), within(1e-3));
            }
        }
    }

    @Test
    void greyHasEqualChannelsOfThePicturesLuma() {
        Bitmap waves = waves(16, 16);

        Bitmap grey = degradation("{grey: true}").apply(waves, 1);

        assertThat(grey.channels()).isEqualTo(3);
        assertThat(furthest(grey, waves.withChannels(1).withChannels(3))).isLessThanOrEqualTo(1);
        for (int i = 0; i < grey.pixels().length; i += 3) {
            assertThat(grey.pixels()[i]).isEqualTo(grey.pixels()[i + 1]).isEqualTo(grey.pixels()[i + 2]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void fewerPixelsAreThoseOfBicubic(int by) {
        Bitmap waves = waves(48, 36);
        Bitmap small = Bicubic.resize(waves, 48 / by, 36 / by);

        Bitmap scaled = new Degradation(recipe("{}"), by, Output.TANH).apply(waves, 1);
        assertThat(scaled.width()).isEqualTo(48 / by);
        assertThat(furthest(scaled, small)).isLessThanOrEqualTo(1);

        Bitmap enlarged = degradation("{low-resolution: " + by + "}").apply(waves, 1);
        assertThat(furthest(enlarged, Bicubic.resize(scaled, 48, 36))).isLessThanOrEqualTo(1);
    }

    @Test
    void whatTheScaleDoesNotDivideIsCutOffAndWhatIsTooSmallIsRefused() {
        Degradation quarter = new Degradation(recipe("{}"), 4, Output.TANH);
        Bitmap odd = quarter.apply(waves(23, 18), 1);
        assertThat(odd.width()).isEqualTo(5);
        assertThat(odd.height()).isEqualTo(4);
        assertThat(odd.pixels())
                .isEqualTo(quarter.apply(waves(23, 18).crop(0, 0, 20, 16), 1).pixels());
        Complaint.of(() -> quarter.apply(waves(23, 3), 1))
                .isEqualTo("a picture of 23×3 pixels cannot become 4 times smaller; use larger ones.");
    }

    @Test
    void theSeedSaysAll() {
        Degradation all = degradation(
                "{blur: [0, 2], low-resolution: 2, noise: [0, 25], jpeg: [20, 90], grey: true, blocks: [0.1, 0.5],"
                        + " block-size: 4}");
        Bitmap waves = waves(32, 24);

        assertThat(all.apply(waves, 7).pixels()).isEqualTo(all.apply(waves, 7).pixels());
        assertThat(all.apply(waves, 7).pixels())
                .isNotEqualTo(all.apply(waves, 8).pixels());
    }

    /** What comes last shows: blocks are plain in spite of the noise, and grey in spite of the JPEG's colours. */
    @Test
    void oneAfterTheOther() {
        Bitmap waves = waves(32, 32);
        Bitmap bad = degradation("{noise: 30, jpeg: 30, grey: true, blocks: 0.5, block-size: 16}")
                .apply(waves, 3);
        int plain = 0;
        for (int block = 0; block < 4; block++) {
            Bitmap part = bad.crop(block % 2 * 16, block / 2 * 16, 16, 16);
            boolean same = true;
            for (int i = 0; i < part.pixels().length; i += 3) {
                assertThat(part.pixels()[i]).isEqualTo(part.pixels()[i + 2]);
                same &= part.pixels()[i] == part.pixels()[0];
            }
            plain += same ? 1 : 0;
        }
        assertThat(plain).isEqualTo(2);
        // Noise after the loss of resolution is not smoothed away; blur before it would be, but that it is not noisy.
        Bitmap grey = flat(128, 64);
        assertThat(distance(
                        degradation("{blur: 3, low-resolution: 4, noise: 20}").apply(grey, 1), grey))
                .isCloseTo(20, within(1.0));
    }

    @Test
    void blurLeavesPlainPicturesAloneAndFlattensNoise() {
        assertThat(degradation("{blur: 2}").apply(flat(90, 16), 1).pixels())
                .isEqualTo(flat(90, 16).pixels());
        byte[] pixels = new byte[64 * 64];
        new SplittableRandom(1).nextBytes(pixels);
        Bitmap noise = new Bitmap(pixels, 1, 64, 64);
        // Of white noise a Gaussian leaves 1 / (2 σ √π) of the deviation.
        assertThat(distance(degradation("{blur: 2}").apply(noise, 1), flat(127, 64)))
                .isCloseTo(73.9 / (4 * Math.sqrt(Math.PI)), within(1.5));
    }
}
