package io.gander.source;

import java.util.List;

/** A part of an example as it lies in its source, not decoded: an example has one, a pair has two. */
public sealed interface Content {
    /**
     * A file's bytes.
     *
     * @param name the file's path or its name in an archive, for messages; its ending may tell the format
     */
    record FileBytes(String name, byte[] bytes) implements Content {}

    /**
     * Numbers of an array, 0…255.
     *
     * @param sizes of this example, such as 28 and 28
     * @param values as many as the sizes say, the last axis first
     * @param scaled whether 0…255 is their whole range; else they are an array's own bytes, whose range nobody has looked at
     */
    record Numbers(List<Integer> sizes, byte[] values, boolean scaled) implements Content {}
}
