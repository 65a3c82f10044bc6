package io.gander.data;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Examples of a data set as numbers, in its own order and unchanged: for measuring, not for learning. */
public final class Examples {
    private Examples() {}

    /**
     * Examples {@code from} to {@code from + count − 1} as the set's codec {@linkplain io.gander.modality.Codec#load loads} them, such as
     * pictures in 0…1.
     */
    public static Tensor of(Dataset data, int from, int count) {
        return load(data, count, i -> from + i);
    }

    /**
     * The same in a shuffled order, always the same one: any part of it stands for the whole set. The file's own order does not, nor
     * does every n-th example. In MNIST's the writers of two sources alternate, and every second digit is thinner.
     */
    public static Tensor drawn(Dataset data, int from, int count) {
        int[] places = shuffled(data.count());
        return load(data, count, i -> places[from + i]);
    }

    static int[] shuffled(int count) {
        int[] places = new int[count];
        Random random = new Random(count);
        for (int i = 0; i < count; i++) { // Fisher and Yates, from the inside out
            int j = random.nextInt(i + 1);
            places[i] = places[j];
            places[j] = i;
        }
        return places;
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
