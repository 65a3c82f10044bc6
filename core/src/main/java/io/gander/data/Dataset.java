package io.gander.data;

/** Real examples: pictures of one size, 8 bits a channel. Reading is thread-safe. */
public interface Dataset {
    /** What the log calls it. */
    String name();

    int count();

    /** 1 (grey) or 3 (RGB). */
    int channels();

    /** Height and width, pixels. */
    int side();

    /**
     * Copies picture {@code index} as channels·side·side bytes, channel by channel, row by row.
     *
     * @param target where to
     * @param offset the first byte's place in it
     */
    void read(int index, byte[] target, int offset);

    /** SHA-256 of the pictures, hexadecimal: two sets with the same one hold the same pictures in the same order. */
    String fingerprint();

    /** Bytes of one picture. */
    default int bytes() {
        return channels() * side() * side();
    }
}
