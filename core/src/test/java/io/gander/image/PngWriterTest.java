package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.BrokenExample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngWriterTest {
    private static final Map<String, String> TEXT = Map.of(
            "Synthetic", "made by a generator",
            "Description", "Größe 28×28 — 数字, 𝄞 and\na second line");

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

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_INT_ARGB
            })
    void picturesComeBackAsTheyWere(int type) throws IOException {
        BufferedImage image = noise(type);
        for (Map<String, String> text : List.of(Map.<String, String>of(), TEXT)) {
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(PngWriter.encode(image, text)));
            assertThat(read.getWidth()).isEqualTo(13);
            assertThat(read.getHeight()).isEqualTo(7);
            assertThat(read.getRaster().getNumBands())
                    .isEqualTo(image.getRaster().getNumBands());
            assertThat(samples(read)).isEqualTo(samples(image));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
    void textChunksAreReadable(int type) throws IOException {
        assertThat(texts(PngWriter.encode(noise(type), TEXT))).isEqualTo(TEXT);
    }

    /** Gander's earlier files were the JDK's. */
    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
    void decodesToWhatTheJdksWriterDecodesTo(int type) throws IOException, BrokenExample {
        BufferedImage image = noise(type);
        ByteArrayOutputStream theirs = new ByteArrayOutputStream();
        ImageIO.write(image, "png", theirs);
        byte[] ours = PngWriter.encode(image, TEXT);
        BufferedImage a = ImageIO.read(new ByteArrayInputStream(ours));
        BufferedImage b = ImageIO.read(new ByteArrayInputStream(theirs.toByteArray()));
        assertThat(a.getType()).isEqualTo(b.getType());
        assertThat(samples(a)).isEqualTo(samples(b));
        assertThat(Decoder.decode(ours, 0).pixels())
                .isEqualTo(Decoder.decode(theirs.toByteArray(), 0).pixels());
        assertThat(ByteBuffer.wrap(ours, 0, 33))
                .as("signature and header")
                .isEqualTo(ByteBuffer.wrap(theirs.toByteArray(), 0, 33));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_USHORT_GRAY})
    void otherKindsOfPictureAreMistakesOfTheCaller(int type) {
        assertThatThrownBy(() -> PngWriter.encode(new BufferedImage(2, 2, type), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void withoutTextThereIsNoTextChunk() throws IOException {
        assertThat(texts(PngWriter.encode(noise(BufferedImage.TYPE_BYTE_GRAY), Map.of())))
                .isEmpty();
    }

    @Test
    void theSamePictureGivesTheSameBytes() throws IOException {
        assertThat(PngWriter.encode(noise(BufferedImage.TYPE_INT_RGB), TEXT))
                .isEqualTo(PngWriter.encode(noise(BufferedImage.TYPE_INT_RGB), TEXT));
    }

    private static BufferedImage noise(int type) {
        BufferedImage image = new BufferedImage(13, 7, type);
        Random random = new Random(3);
        for (int y = 0; y < 7; y++) {
            for (int x = 0; x < 13; x++) {
                for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                    image.getRaster().setSample(x, y, band, random.nextInt(256));
                }
            }
        }
        return image;
    }

    private static int[] samples(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    /** The iTXt chunks, read as the PNG specification lays them out (section 11.3.3.4), checksums included. */
    private static Map<String, String> texts(byte[] png) {
        Map<String, String> texts = new LinkedHashMap<>();
        ByteBuffer bytes = ByteBuffer.wrap(png).position(8);
        while (bytes.hasRemaining()) {
            byte[] content = new byte[bytes.getInt()];
            byte[] name = new byte[4];
            bytes.get(name).get(content);
            CRC32 checksum = new CRC32();
            checksum.update(name);
            checksum.update(content);
            assertThat(bytes.getInt()).isEqualTo((int) checksum.getValue());
            if (new String(name, StandardCharsets.US_ASCII).equals("iTXt")) {
                String[] head = new String(content, StandardCharsets.UTF_8).split("\0", 2);
                assertThat(head[1]).as("not compressed").startsWith("\0\0");
                String[] rest = head[1].substring(2).split("\0", 3); // language, translated keyword, text
                texts.put(head[0], rest[2]);
            }
        }
        return texts;
    }
}
