package io.gander.modality;

import io.gander.error.BrokenExample;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * MagicaVoxel's files (ephtracy/voxel-model, MagicaVoxel-file-format-vox.txt): chunks, of which SIZE and XYZI hold a model. Of a file with
 * several models the first is read; colours count as full.
 */
final class VoxFile {
    private static final int VERSION = 150;
    private static final int MOST = 256;
    private static final int MAGIC = tag("VOX ");
    private static final int MAIN = tag("MAIN");
    private static final int SIZE = tag("SIZE");
    private static final int XYZI = tag("XYZI");
    private static final int SIZES = 3 * Integer.BYTES;
    private static final byte COLOUR = 79; // of the usual palette: a wooden brown

    private VoxFile() {}

    private static int tag(String name) {
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    static Solid read(byte[] bytes) throws BrokenExample {
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            if (bytes.length < Integer.BYTES || file.getInt() != MAGIC) {
                throw new BrokenExample(BrokenExample.Kind.UNKNOWN_FORMAT, "is not a MagicaVoxel file");
            }
            file.getInt(); // the version
            int[] sizes = null;
            while (file.hasRemaining()) {
                int name = file.getInt();
                int content = file.getInt();
                file.getInt(); // of its children, which follow as chunks of their own
                if (content < 0 || content > file.remaining()) {
                    throw BrokenExample.cutOff();
                }
                int next = file.position() + content;
                if (name == SIZE && sizes == null) {
                    if (content < SIZES) {
                        throw BrokenExample.damaged();
                    }
                    sizes = new int[] {file.getInt(), file.getInt(), file.getInt()};
                } else if (name == XYZI && sizes != null) {
                    return model(file.slice(file.position(), content).order(ByteOrder.LITTLE_ENDIAN), sizes);
                }
                file.position(next);
            }
            throw new BrokenExample(BrokenExample.Kind.DAMAGED, "holds no model");
        } catch (BufferUnderflowException e) {
            throw BrokenExample.cutOff();
        }
    }

    private static Solid model(ByteBuffer content, int[] sizes) throws BrokenExample {
        for (int size : sizes) {
            if (size < 1 || size > MOST) {
                throw new BrokenExample(BrokenExample.Kind.DAMAGED, "says it is " + size + " voxels long");
            }
        }
        byte[] voxels = new byte[sizes[0] * sizes[1] * sizes[2]];
        int count = content.getInt();
        if (count < 0 || content.remaining() < 4L * count) {
            throw BrokenExample.cutOff();
        }
        for (int i = 0; i < count; i++) {
            int x = content.get() & 255;
            int y = content.get() & 255;
            int z = content.get() & 255;
            content.get(); // its colour
            if (x >= sizes[0] || y >= sizes[1] || z >= sizes[2]) {
                throw new BrokenExample(BrokenExample.Kind.DAMAGED, "has voxels outside of its box");
            }
            voxels[(x * sizes[1] + y) * sizes[2] + z] = (byte) 255;
        }
        return new Solid(sizes[0], sizes[1], sizes[2], voxels);
    }

    /** One model, all in one colour of the usual palette. */
    static byte[] write(Solid solid) {
        int count = 0;
        for (byte voxel : solid.voxels()) {
            count += voxel != 0 ? 1 : 0;
        }
        int size = 12 + SIZES;
        int xyzi = 12 + 4 + 4 * count;
        ByteBuffer file = ByteBuffer.allocate(8 + 12 + size + xyzi).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putInt(VERSION);
        file.putInt(MAIN).putInt(0).putInt(size + xyzi);
        file.putInt(SIZE).putInt(SIZES).putInt(0);
        file.putInt(solid.width()).putInt(solid.depth()).putInt(solid.height());
        file.putInt(XYZI).putInt(4 + 4 * count).putInt(0).putInt(count);
        for (int i = 0; i < solid.voxels().length; i++) {
            if (solid.voxels()[i] != 0) {
                int column = i / solid.height();
                file.put((byte) (column / solid.depth()))
                        .put((byte) (column % solid.depth()))
                        .put((byte) (i % solid.height()));
                file.put(COLOUR);
            }
        }
        return file.array();
    }
}
