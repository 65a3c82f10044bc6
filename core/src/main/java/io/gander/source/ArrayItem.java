package io.gander.source;

import io.gander.image.Bitmap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One example of an array: its pixels need no decoding. */
record ArrayItem(String name, @Nullable String label, Layout layout, byte[] values) implements Item {
    @Override
    public List<Bitmap> pictures(int least) {
        return List.of(layout.bitmap(values));
    }

    @Override
    public long bytes() {
        return values.length;
    }
}
