package io.gander.source;

import java.util.function.Consumer;

/** Examples in a fixed order, not decoded yet. */
public interface Source {
    /** What the log calls it, such as the folder's name. */
    String name();

    /** How many examples there are, broken ones included; −1 if only reading tells. */
    long count();

    /**
     * Says, in parts, everything that must stay the same for pictures prepared earlier to be good still: names, sizes,
     * times of change. Quick: nothing is decoded.
     */
    void identify(Consumer<String> parts);

    /**
     * Reads from the beginning, in order. Memory is bounded by one example: the consumer decides how many it keeps.
     *
     * @throws io.gander.error.UserError if the source as a whole cannot be read, or ends too early
     */
    void forEach(Consumer<Item> consumer);
}
