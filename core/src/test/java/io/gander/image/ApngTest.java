package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Chunk by chunk, as the standard has them. */
class ApngTest {
    record Chunk(String kind, byte[] data) {}

    private static byte[] png(int side, int colour) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, colour);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static List<Chunk> chunks(byte[] file) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        in.skipNBytes(8);
        while (in.available() > 0) {
            int length = in.readInt();
            byte[] kind = in.readNBytes(4);
            byte[] data = in.readNBytes(length);
            CRC32 sum = new CRC32();
            sum.update(kind);
            sum.update(data);
            assertThat(in.readInt()).isEqualTo((int) sum.getValue());
            chunks.add(new Chunk(new String(kind, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    @Test
    void readersWithoutAnimationSeeTheLast() throws IOException {
        byte[] animation = Apng.of(List.of(png(5, 0xff0000), png(5, 0x00ff00), png(5, 0x0000ff)), 250);
        BufferedImage seen = ImageIO.read(new ByteArrayInputStream(animation));

        assertThat(seen.getWidth()).isEqualTo(5);
        assertThat(seen.getRGB(1, 1)).isEqualTo(0xff0000ff);
    }

    @Test
    void framesAreCountedAndNumbered() throws IOException {
        List<Chunk> chunks = chunks(Apng.of(List.of(png(5, 1), png(5, 2), png(5, 3)), 250));

        assertThat(chunks)
                .extracting(Chunk::kind)
                .containsExactly("IHDR", "acTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND");
        assertThat(ByteBuffer.wrap(chunks.get(1).data).getInt()).as("frames").isEqualTo(3);
        int[] numbered = {3, 4, 5, 6, 7, 8};
        for (int i = 0; i < numbered.length; i++) {
            assertThat(ByteBuffer.wrap(chunks.get(numbered[i]).data).getInt()).isEqualTo(i);
        }
        ByteBuffer last = ByteBuffer.wrap(chunks.get(7).data);
        assertThat(last.getShort(20)).as("numerator").isEqualTo((short) 2000);
        assertThat(last.getShort(22)).as("denominator").isEqualTo((short) 1000);
    }

    @Test
    void picturesOfAnotherSizeAreNoFrames() throws IOException {
        assertThat(Apng.alike(png(5, 1), png(5, 2))).isTrue();
        assertThat(Apng.alike(png(5, 1), png(6, 1))).isFalse();
        assertThat(Apng.of(List.of(png(5, 1), png(6, 1), png(5, 2)), 9))
                .isEqualTo(Apng.of(List.of(png(5, 1), png(5, 2)), 9));
    }
}
