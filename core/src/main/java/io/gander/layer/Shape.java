package io.gander.layer;

import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sizes of one example, without the batch: {@code [features]}, or channels and behind them one, two or three axes:
 * {@code [channels, length]}, {@code [channels, height, width]}, {@code [channels, depth, height, width]}.
 */
public record Shape(List<Integer> sizes) {
    private static final int MOST_AXES = 3;

    public Shape {
        sizes = List.copyOf(sizes);
    }

    public static Shape of(int... sizes) {
        return new Shape(IntStream.of(sizes).boxed().toList());
    }

    /** So many channels with those axes behind them. */
    public static Shape of(int channels, List<Integer> axes) {
        return new Shape(Stream.concat(Stream.of(channels), axes.stream()).toList());
    }

    public int channels() {
        return sizes.get(0);
    }

    /** The sizes behind the channels; none for a vector. */
    public List<Integer> axes() {
        return sizes.subList(1, sizes.size());
    }

    /** Of a picture: the first axis. */
    public int height() {
        return sizes.get(1);
    }

    /** Of a picture: the second axis. */
    public int width() {
        return sizes.get(2);
    }

    /** The size that all axes have; 0 where they differ, and for a vector. */
    public int side() {
        List<Integer> different = axes().stream().distinct().toList();
        return different.size() == 1 ? different.get(0) : 0;
    }

    /** The smallest axis; 0 for a vector. */
    public int least() {
        return axes().stream().mapToInt(Integer::intValue).min().orElse(0);
    }

    /** The same axes behind so many channels. */
    public Shape with(int channels) {
        return of(channels, axes());
    }

    /** The same channels, each axis changed. */
    public Shape along(IntUnaryOperator size) {
        return of(channels(), axes().stream().map(size::applyAsInt).toList());
    }

    /**
     * This, for a layer that works along axes.
     *
     * @throws ShapeException if there are none, or more than the engine works along
     */
    Shape spatial(Layer layer) {
        if (axes().isEmpty() || axes().size() > MOST_AXES) {
            throw new ShapeException(layer, this, "it wants channels and one, two or three axes behind them");
        }
        return this;
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

    /** The axes as people write them: "64×64". */
    public String area() {
        return joined(axes());
    }

    /** The sizes of a kernel along these axes, all equal, behind two others. */
    List<Integer> kernel(int first, int second, int side) {
        return Stream.concat(Stream.of(first, second), Collections.nCopies(axes().size(), side).stream())
                .toList();
    }

    /** The cells of such a kernel, seen from one channel. */
    long cells(int side) {
        return new Shape(Collections.nCopies(axes().size(), side)).count();
    }

    /** ONNX's sizes of one point: the given ones, then 1 for each axis. */
    List<Long> point(Long... first) {
        return Stream.concat(Stream.of(first), each(1).stream()).toList();
    }

    /** One value for each axis, as ONNX's attributes want them. */
    List<Long> each(long value) {
        return Collections.nCopies(axes().size(), value);
    }

    /** One value for the start of each axis, then one for each end. */
    List<Long> pads(long start, long end) {
        return Stream.of(each(start), each(end)).flatMap(List::stream).toList();
    }

    private static String joined(List<Integer> sizes) {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }

    @Override
    public String toString() {
        return joined(sizes);
    }
}
