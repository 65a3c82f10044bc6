package io.gander.layer;

import java.util.List;
import java.util.stream.Collectors;

/** The sizes of one example, without the batch: {@code [features]} or {@code [channels, height, width]}. */
public record Shape(List<Integer> sizes) {
    public Shape {
        sizes = List.copyOf(sizes);
    }

    public static Shape of(int... sizes) {
        return new Shape(java.util.Arrays.stream(sizes).boxed().toList());
    }

    public boolean isImage() {
        return sizes.size() == 3;
    }

    public int channels() {
        return sizes.get(0);
    }

    public int height() {
        return sizes.get(1);
    }

    public int width() {
        return sizes.get(2);
    }

    /** The number of elements. */
    public long count() {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }

    /** The engine's sizes of a batch of n. */
    public long[] batch(long n) {
        long[] all = new long[sizes.size() + 1];
        all[0] = n;
        for (int i = 0; i < sizes.size(); i++) {
            all[i + 1] = sizes.get(i);
        }
        return all;
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
