package io.gander.data;

import io.gander.modality.Codec;
import java.util.List;

/** Real examples, each as the same number of bytes, which only their codec understands. Reading is thread-safe. */
public interface Dataset {
    /** What the log calls it. */
    String name();

    int count();

    /** What the bytes mean; its numbers are in the natural range, such as pictures in 0…1. */
    Codec codec();

    /** How many examples in a row were cut from the same item. */
    default int parts() {
        return 1;
    }

    /**
     * Copies example {@code index}, {@link Codec#bytes} of them.
     *
     * @param target where to
     * @param offset the first byte's place in it
     */
    void read(int index, byte[] target, int offset);

    /** SHA-256 of the examples, hexadecimal: two sets with the same one hold the same examples in the same order. */
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
}
