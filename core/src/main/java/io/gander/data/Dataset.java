package io.gander.data;

import java.util.List;

/** Real examples: pictures of one size, or pairs of them, 8 bits a channel. Reading is thread-safe. */
public interface Dataset {
    /** What the log calls it. */
    String name();

    int count();

    /** 1, or 2 where the examples are pairs. */
    default int pictures() {
        return 1;
    }

    /** How many examples in a row were cut from the same picture. */
    default int parts() {
        return 1;
    }

    /**
     * Whether the examples are points of the plane, not pictures: {@link #read} then copies x and y as little-endian float32,
     * {@link #channels} is 2 and {@link #side} 1.
     */
    default boolean points() {
        return false;
    }

    /** Of each picture: 1 (grey) or 3 (RGB). */
    int channels();

    /** Height and width, pixels. */
    int side();

    /**
     * Copies example {@code index} as pictures·channels·side·side bytes, channel by channel, row by row.
     *
     * @param target where to
     * @param offset the first byte's place in it
     */
    void read(int index, byte[] target, int offset);

    /** SHA-256 of the pictures, hexadecimal: two sets with the same one hold the same pictures in the same order. */
    String fingerprint();

    /** The classes' names; empty if the set has none. */
    default List<String> labels() {
        return List.of();
    }

    /** An example's class, as a place in {@link #labels()}; −1 for none. */
    default int label(int index) {
        return -1;
    }

    /** How many examples were left out since they cannot be used. */
    default int broken() {
        return 0;
    }

    /** Bytes of one example. */
    default int bytes() {
        return pictures() * channels() * side() * side() * (points() ? Float.BYTES : 1);
    }
}
