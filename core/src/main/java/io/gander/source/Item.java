package io.gander.source;

import io.gander.error.BrokenExample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One example of a source. Its content can be had at any time and on any thread, also after the source was read. */
public interface Item {
    /** Tells this example from the others of its source, such as a path with slashes; never used to open or write a file. */
    String name();

    /** Its class, or null if the source has none. */
    @Nullable
    String label();

    /** What it is made of: one part, or two of a pair. */
    List<Content> contents() throws BrokenExample;

    /** Bytes of memory that it takes as long as it is kept; 0 where it is only a place on the disk. */
    default long bytes() {
        return 0;
    }
}
