package io.gander.source;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One example of a source. It can be decoded at any time and on any thread, also after the source was read. */
public interface Item {
    /** Tells this example from the others of its source, such as a path with slashes; never used to open or write a file. */
    String name();

    /** Its class, or null if the source has none. */
    @Nullable
    String label();

    /**
     * Decodes: one picture, or two of a pair, of any sizes and channels.
     *
     * @param least a large picture may come out smaller, but its shorter side not below this; 0 for full size
     */
    List<Bitmap> pictures(int least) throws BrokenPicture;

    /** Bytes of memory that it takes as long as it is kept; 0 where it is only a place on the disk. */
    default long bytes() {
        return 0;
    }
}
