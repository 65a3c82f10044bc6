package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.image.PictureFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file, or two of a pair.
 *
 * @param partner the pair's other file, or null
 */
record FileItem(
        String name,
        @Nullable String label,
        Path file,
        @Nullable Path partner) implements Item {
    @Override
    public List<Content> contents() throws BrokenExample {
        Content content = read(file);
        return partner == null ? List.of(content) : List.of(content, partner(partner));
    }

    /** A file's bytes, whatever it is. */
    static Content read(Path file) throws BrokenExample {
        return new Content.FileBytes(file.toString(), PictureFiles.read(file));
    }

    private static Content partner(Path file) throws BrokenExample {
        try {
            return read(file);
        } catch (BrokenExample e) {
            throw new BrokenExample(e.kind(), "has a partner, '" + file + "', that " + e.getMessage());
        }
    }
}
