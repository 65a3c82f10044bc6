package io.gander.source;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the examples of an array lie in its bytes: one behind the other.
 *
 * @param sizes of one example
 */
record Layout(long count, List<Integer> sizes) {
    /** Bytes that one example may take as it is stored: what a header promises beyond is a mistake or malice. */
    static final int MOST = 1 << 26;

    /**
     * From an array's sizes, of which the first counts the examples.
     *
     * @param sizes none of them negative
     * @return null if they are not of what is wanted
     */
    static @Nullable Layout of(List<Long> sizes, Wanted wanted) {
        if (sizes.size() < 2 || sizes.contains(0L)) {
            return null;
        }
        List<Long> example = sizes.subList(1, sizes.size());
        long values = 1;
        for (long size : example) {
            if (size > MOST / values) {
                return null;
            }
            values *= size;
        }
        return wanted.arrays().test(example)
                ? new Layout(sizes.get(0), example.stream().map(Long::intValue).toList())
                : null;
    }

    /** An array's sizes, for a message. */
    static String text(List<? extends Number> sizes) {
        return sizes.isEmpty()
                ? "no dimension"
                : sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }

    /** Numbers of one example. */
    int values() {
        return sizes.stream().reduce(1, (a, b) -> a * b);
    }

    @Override
    public String toString() {
        return text(sizes);
    }
}
