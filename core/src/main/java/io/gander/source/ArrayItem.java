package io.gander.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One example of an array: its numbers need no decoding.
 *
 * @param scaled as in {@link Content.Numbers}
 */
record ArrayItem(String name, @Nullable String label, Layout layout, byte[] values, boolean scaled) implements Item {
    @Override
    public List<Content> contents() {
        return List.of(new Content.Numbers(layout.sizes(), values, scaled));
    }

    @Override
    public long bytes() {
        return values.length;
    }
}
