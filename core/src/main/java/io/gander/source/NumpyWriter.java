package io.gander.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Arrays as NumPy's {@code .npy} files, the format's version 1.0. */
public final class NumpyWriter {
    private static final int BEFORE = 10; // magic, version, length
    private static final int ALIGNED = 64;

    private NumpyWriter() {}

    /** A file's bytes: float32 in C's order, of a shape of several sizes. */
    public static byte[] of(float[] values, long... shape) {
        String sizes = Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(", "));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + sizes + "), }";
        int padded = (BEFORE + header.length() + 1 + ALIGNED - 1) / ALIGNED * ALIGNED - BEFORE;
        String filled = header + " ".repeat(padded - 1 - header.length()) + "\n";
        ByteBuffer file = ByteBuffer.allocate(BEFORE + padded + Float.BYTES * values.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        file.putShort((short) padded).put(filled.getBytes(StandardCharsets.US_ASCII));
        file.asFloatBuffer().put(values);
        return file.array();
    }
}
