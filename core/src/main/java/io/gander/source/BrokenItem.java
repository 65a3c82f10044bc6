package io.gander.source;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An example that is known to be of no use before it is opened. */
record BrokenItem(String name, @Nullable String label, BrokenPicture.Kind kind, String why) implements Item {
    @Override
    public List<Bitmap> pictures(int least) throws BrokenPicture {
        throw new BrokenPicture(kind, why);
    }
}
