package io.gander.data;

import io.gander.image.BrokenPicture;
import io.gander.source.Item;

/**
 * An example that cannot be used.
 *
 * @param name which one
 * @param why to be read after the name: "is cut off"
 */
public record Broken(String name, BrokenPicture.Kind kind, String why) {
    static Broken of(Item item, BrokenPicture e) {
        return new Broken(item.name(), e.kind(), String.valueOf(e.getMessage()));
    }

    @Override
    public String toString() {
        return name + " " + why;
    }
}
