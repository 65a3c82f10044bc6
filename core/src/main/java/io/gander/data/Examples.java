package io.gander.data;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Examples of a data set as numbers, in its own order and unchanged: for measuring, not for learning. */
public final class Examples {
    private Examples() {}

    /** Examples {@code from} to {@code from + count − 1}: see {@link #spread}. */
    public static Tensor of(Dataset data, int from, int count) {
        return spread(data, from, count, data.count());
    }

    /**
     * Examples {@code from} to {@code from + count − 1} of {@code all} that are spread evenly over a set, as the set's codec {@linkplain
     * io.gander.modality.Codec#load loads} them, such as pictures in 0…1.
     */
    public static Tensor spread(Dataset data, int from, int count, int all) {
        return load(data, count, i -> (int) ((long) (from + i) * data.count() / all));
    }

    /**
     * The first {@code each} examples of every class, or as many as the smallest class has: one of each class after the other, so that
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
        return load(data, count * classes, i -> places.get(i % classes).get(i / classes));
    }

    private static Tensor load(Dataset data, int count, IntUnaryOperator place) {
        int size = data.codec().bytes();
        byte[] bytes = new byte[Math.multiplyExact(count, size)];
        for (int i = 0; i < count; i++) {
            data.read(place.applyAsInt(i), bytes, i * size);
        }
        return data.codec().load(bytes, count);
    }
}
