package io.gander.image;

import io.gander.error.BrokenExample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PngWriterTest {
    private static byte[] png(byte[] pixels, int channels, int height, int width, byte @Nullable [] profile)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PngWriter png = new PngWriter(
                bytes, channels, height, width, Map.of("Software", "Gänder", "Source", "a test"), profile)) {
            byte[] row = new byte[width * channels];
            for (int y = 0; y < height; y++) {
                System.arraycopy(pixels, y * row.length, row, 0, row.length);
                png.row(row);
            }
            png.finish();
        }
        return bytes.toByteArray();
    }

    /** Half noise, which does not shrink, so that there are many chunks; half of it even. */
    private static byte[] pixels(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new Random(1).nextBytes(pixels);
        for (int i = 0; i < pixels.length / 2; i++) {
            pixels[i] = (byte) (i / 300);
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({"1, 300, 401", "2, 301, 400", "3, 300, 401", "4, 299, 403", "3, 1, 1", "4, 1, 7", "1, 9, 1"})
    void twoOtherReadersSeeTheSamePixels(int channels, int height, int width) throws IOException, BrokenExample {
        byte[] pixels = pixels(channels, height, width);
        byte[] file = png(pixels, channels, height, width, null);

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
        int[] samples = image.getRaster().getPixels(0, 0, width, height, (int[]) null);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(samples[i]).isEqualTo(pixels[i] & 255);
        }
        Bitmap decoded = Decoder.decode(file, 0);
        assertThat(decoded.width()).isEqualTo(width);
        assertThat(decoded.channels()).isEqualTo(channels <= 2 ? 1 : 3);
        if (channels % 2 == 1) {
            assertThat(decoded.pixels()).isEqualTo(pixels);
            assertThat(Decoder.alpha(file)).isNull();
        } else {
            Bitmap alpha = Objects.requireNonNull(Decoder.alpha(file));
            for (int i = 0; i < height * width; i++) {
                assertThat(alpha.pixels()[i]).isEqualTo(pixels[i * channels + channels - 1]);
            }
        }
    }

    @Test
    void evenPicturesAreSmall() throws IOException {
        byte[] ramp = new byte[3 * 256 * 256];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) (i / 3);
        }
        assertThat(png(ramp, 3, 256, 256, null)).hasSizeLessThan(2000);
    }

    @Test
    void carriesAProfile() throws IOException {
        byte[] profile = Fixtures.bytes("profile/profile.icc");
        byte[] file = png(new byte[30], 3, 2, 5, profile);
        assertThat(ColourProfile.of(file, 3)).isEqualTo(profile);
        assertThat(ImageIO.read(new ByteArrayInputStream(file)).getWidth()).isEqualTo(5);
    }

    @Test
    void tooFewAndTooManyRowsAreMistakesOfTheCaller() throws IOException {
        try (PngWriter png = new PngWriter(new ByteArrayOutputStream(), 1, 1, 4, Map.of(), null)) {
            assertThatThrownBy(png::finish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> png.row(new byte[3])).isInstanceOf(IllegalStateException.class);
            png.row(new byte[4]);
            assertThatThrownBy(() -> png.row(new byte[4])).isInstanceOf(IllegalStateException.class);
        }
    }
}
