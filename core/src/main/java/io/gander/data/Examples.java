package io.gander.data;

import io.gander.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

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

    /**
     * The first {@code each} pictures of every class, or as many as the smallest class has: one of each class after the other, so that
     * number i is of class i modulo their number.
     */
    public static Tensor byClass(Dataset data, int each) {
        int classes = data.labels().size();
        List<List<Integer>> places = new ArrayList<>();
        for (int i = 0; i < classes; i++) {
            places.add(new ArrayList<>());
        }
        int full = 0;
        for (int i = 0; i < data.count() && full < classes; i++) {
            List<Integer> own = data.label(i) < 0 ? List.of() : places.get(data.label(i));
            if (data.label(i) >= 0 && own.size() < each) {
                own.add(i);
                full += own.size() == each ? 1 : 0;
            }
        }
        int count = places.stream().mapToInt(List::size).min().orElse(0);
        int all = count * classes;
        byte[] bytes = new byte[all * data.bytes()];
        for (int i = 0; i < all; i++) {
            int example = places.get(i % classes).get(i / classes);
            data.read(example, bytes, i * data.bytes());
        }
        return Tensor.ofPixels(bytes, 0, 1, all, data.channels(), data.side(), data.side());
    }

    /** What points' bytes say: x and y, one after the other. */
    static float[] points(byte[] bytes) {
        float[] xy = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(xy);
        return xy;
    }
}
