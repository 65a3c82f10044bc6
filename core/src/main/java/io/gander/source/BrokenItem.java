package io.gander.source;

import io.gander.error.BrokenExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An example that is known to be of no use before it is opened. */
record BrokenItem(String name, @Nullable String label, BrokenExample.Kind kind, String why) implements Item {
    @Override
    public List<Content> contents() throws BrokenExample {
        throw new BrokenExample(kind, why);
    }
}
