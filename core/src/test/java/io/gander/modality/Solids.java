package io.gander.modality;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Solids for tests, and arrays as NumPy writes them. */
public final class Solids {
    private Solids() {}

    /** Whether a voxel is full. */
    interface Rule {
        boolean full(int x, int y, int z);
    }

    static Solid of(int width, int depth, int height, Rule rule) {
        byte[] voxels = new byte[width * depth * height];
        for (int i = 0; i < voxels.length; i++) {
            if (rule.full(i / height / depth, i / height % depth, i % height)) {
                voxels[i] = (byte) 255;
            }
        }
        return new Solid(width, depth, height, voxels);
    }

    /** An L that no turn and no mirror leaves as it is: 3 along x, 2 along y from there, 4 upwards. */
    static Solid l(int size) {
        return of(
                size,
                size,
                size,
                (x, y, z) -> (y == 1 && z == 0 && x >= 1 && x < 4)
                        || (x == 1 && z == 0 && y >= 1 && y < 3)
                        || (x == 1 && y == 1 && z < 4));
    }

    static float[] field(Solid solid) {
        float[] field = new float[solid.voxels().length];
        for (int i = 0; i < field.length; i++) {
            field[i] = solid.voxels()[i] == 0 ? 0 : 1;
        }
        return field;
    }

    /**
     * An array in NumPy's format NPY.
     *
     * @param type such as |u1
     */
    public static byte[] npy(String type, List<Integer> shape, byte[] numbers) {
        String sizes = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
        String header =
                String.format(Locale.ROOT, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }%n", type, sizes);
        byte[] text = header.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(10 + text.length + numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        return file.putShort((short) text.length).put(text).put(numbers).array();
    }

    /** Boxes of many sizes that stand on the ground in the middle of a cube, as bytes of 0 and 1: count·size³ of them. */
    public static byte[] boxes(int count, int size) {
        byte[] all = new byte[count * size * size * size];
        for (int i = 0; i < count; i++) {
            int wide = size / 4 + i % 3;
            int high = size / 2 + i % 4;
            byte[] box = of(
                            size,
                            size,
                            size,
                            (x, y, z) -> z < high
                                    && Math.abs(2 * x + 1 - size) < 2 * wide
                                    && Math.abs(2 * y + 1 - size) < size / 2)
                    .voxels();
            for (int j = 0; j < box.length; j++) {
                all[i * box.length + j] = (byte) (box[j] == 0 ? 0 : 1);
            }
        }
        return all;
    }
}
