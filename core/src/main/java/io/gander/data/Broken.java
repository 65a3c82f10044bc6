package io.gander.data;

import io.gander.error.BrokenExample;
import io.gander.source.Item;

/**
 * An example that cannot be used.
 *
 * @param name which one
 * @param why to be read after the name: "is cut off"
 */
public record Broken(String name, BrokenExample.Kind kind, String why) {
    static Broken of(Item item, BrokenExample e) {
        return new Broken(item.name(), e.kind(), String.valueOf(e.getMessage()));
    }

    @Override
    public String toString() {
        return name + " " + why;
    }
}
