package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngTest {
    private static final Map<String, String> TEXT = Map.of(
            "Synthetic", "made by a generator",
            "Description", "Größe 28×28 — 数字, 𝄞 and\na second line");

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
    void pixelsComeBackAsTheyWere(int type) throws IOException {
        BufferedImage image = noise(type);
        for (Map<String, String> text : java.util.List.of(Map.<String, String>of(), TEXT)) {
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.encode(image, text)));
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
        assertThat(texts(Png.encode(noise(type), TEXT))).isEqualTo(TEXT);
    }

    @Test
    void withoutTextThereIsNoTextChunk() throws IOException {
        assertThat(texts(Png.encode(noise(BufferedImage.TYPE_BYTE_GRAY), Map.of())))
                .isEmpty();
    }

    @Test
    void theSamePictureGivesTheSameBytes() throws IOException {
        assertThat(Png.encode(noise(BufferedImage.TYPE_INT_RGB), TEXT))
                .isEqualTo(Png.encode(noise(BufferedImage.TYPE_INT_RGB), TEXT));
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
