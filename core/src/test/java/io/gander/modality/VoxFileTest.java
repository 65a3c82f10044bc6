package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gander.error.BrokenExample;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VoxFileTest {
    private static final byte[] L = VoxFile.write(Solids.l(8));

    private static void same(Solid read, Solid written) {
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws BrokenExample {
        same(VoxFile.read(L), Solids.l(8));
        Solid longest = Solids.of(256, 2, 3, (x, y, z) -> (x == 255 && y == 1 && z == 2) || x == 128);
        same(VoxFile.read(VoxFile.write(longest)), longest);
        Random random = new Random(3);
        Solid noise = Solids.of(5, 7, 6, (x, y, z) -> random.nextBoolean());
        same(VoxFile.read(VoxFile.write(noise)), noise);
        Solid empty = Solids.of(4, 4, 4, (x, y, z) -> false);
        same(VoxFile.read(VoxFile.write(empty)), empty);
    }

    /** By the format's description: VOX, 150, MAIN with all else as its children, SIZE, XYZI with x, y, z and a colour. */
    @Test
    void theBytesAreThoseOfTheFormat() {
        byte[] file = VoxFile.write(Solids.of(2, 3, 4, (x, y, z) -> x == 1 && y == 2 && z == 3));

        byte[] wanted = file(size(2, 3, 4), chunk("XYZI", ints(1), new byte[] {1, 2, 3, 79}));
        assertThat(file).isEqualTo(wanted);
    }

    @Test
    void ofSeveralModelsTheFirstIsReadAndOtherChunksAreNot() throws BrokenExample {
        byte[] file = file(
                chunk("PACK", ints(2)),
                chunk("nTRN", new byte[17]),
                size(2, 1, 1),
                chunk("XYZI", ints(1), new byte[] {1, 0, 0, 7}),
                size(3, 3, 3),
                chunk("XYZI", ints(1), new byte[] {2, 2, 2, 7}),
                chunk("RGBA", new byte[1024]));

        same(VoxFile.read(file), Solids.of(2, 1, 1, (x, y, z) -> x == 1));
    }

    @Test
    void whatIsNoModelIsSaid() {
        refused(
                new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0},
                BrokenExample.Kind.UNKNOWN_FORMAT,
                "is not a MagicaVoxel file");
        refused(new byte[3], BrokenExample.Kind.UNKNOWN_FORMAT, "is not a MagicaVoxel file");
        refused(file(size(2, 2, 2)), BrokenExample.Kind.DAMAGED, "holds no model");
        refused(
                file(chunk("XYZI", ints(1), new byte[4])),
                BrokenExample.Kind.DAMAGED,
                "holds no model"); // its size is missing
    }

    @Test
    void whatCannotBeIsSaid() {
        byte[] one = chunk("XYZI", ints(1), new byte[4]);
        refused(file(size(2, 257, 2), one), BrokenExample.Kind.DAMAGED, "says it is 257 voxels long");
        refused(
                file(size(Integer.MAX_VALUE, 1, 1), one),
                BrokenExample.Kind.DAMAGED,
                "says it is 2147483647 voxels long");
        refused(file(size(0, 1, 1), one), BrokenExample.Kind.DAMAGED, "says it is 0 voxels long");
        refused(file(chunk("SIZE", ints(2)), one), BrokenExample.Kind.DAMAGED, "is damaged");
        refused(
                file(size(2, 2, 2), chunk("XYZI", ints(1), new byte[] {0, 2, 0, 1})),
                BrokenExample.Kind.DAMAGED,
                "has voxels outside of its box");
        refused(file(size(2, 2, 2), chunk("XYZI", ints(5), new byte[4])), BrokenExample.Kind.TRUNCATED, "is cut off");
        refused(file(size(2, 2, 2), chunk("XYZI", ints(-1), new byte[4])), BrokenExample.Kind.TRUNCATED, "is cut off");
    }

    /** Wherever the file ends: nothing but the magic itself is taken for a file of another kind. */
    @Test
    void everyCutIsNoticed() {
        for (int length = 4; length < L.length; length++) {
            BrokenExample broken = broken(Arrays.copyOf(L, length));
            assertThat(broken.getMessage()).as("%d bytes", length).matches("is cut off|holds no model");
        }
    }

    private static void refused(byte[] file, BrokenExample.Kind kind, String says) {
        BrokenExample broken = broken(file);
        assertThat(broken.kind()).isEqualTo(kind);
        assertThat(broken).hasMessage(says);
    }

    private static BrokenExample broken(byte[] file) {
        BrokenExample broken = catchThrowableOfType(BrokenExample.class, () -> VoxFile.read(file));
        assertThat(broken).as("must be refused").isNotNull();
        return broken;
    }

    private static byte[] file(byte[]... chunks) {
        byte[] children = joined(chunks);
        return joined(
                "VOX ".getBytes(StandardCharsets.US_ASCII),
                ints(150),
                "MAIN".getBytes(StandardCharsets.US_ASCII),
                ints(0, children.length),
                children);
    }

    private static byte[] size(int x, int y, int z) {
        return chunk("SIZE", ints(x, y, z));
    }

    private static byte[] chunk(String name, byte[]... content) {
        byte[] bytes = joined(content);
        return joined(name.getBytes(StandardCharsets.US_ASCII), ints(bytes.length, 0), bytes);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
