package io.gander.data;

import io.gander.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Examples of a data set as numbers, in its own order and unchanged: for measuring, not for learning. */
public final class Examples {
    private Examples() {}

    /** Examples {@code from} to {@code from + count − 1}: see {@link #spread}. */
    public static Tensor of(Dataset data, int from, int count) {
        return spread(data, from, count, data.count());
    }

    /**
     * Examples {@code from} to {@code from + count − 1} of {@code all} that are spread evenly over a set: pictures
     * [count, pictures·channels, side, side] in 0…1, or points [count, 2, 1, 1].
     */
    public static Tensor spread(Dataset data, int from, int count, int all) {
        byte[] bytes = new byte[count * data.bytes()];
        for (int i = 0; i < count; i++) {
            data.read((int) ((long) (from + i) * data.count() / all), bytes, i * data.bytes());
        }
        if (data.points()) {
            return Tensor.of(points(bytes), count, 2, 1, 1);
        }
        int planes = data.pictures() * data.channels();
        return Tensor.ofPixels(bytes, 0, 1, count, planes, data.side(), data.side());
    }

    /** What points' bytes say: x and y, one after the other. */
    static float[] points(byte[] bytes) {
        float[] xy = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(xy);
        return xy;
    }
}
