package io.gander.source;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import io.gander.image.Decoder;
import io.gander.image.PictureFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A picture file, or two of a pair.
 *
 * @param partner the pair's other picture, or null
 */
record FileItem(
        String name,
        @Nullable String label,
        Path file,
        @Nullable Path partner) implements Item {
    @Override
    public List<Bitmap> pictures(int least) throws BrokenPicture {
        Bitmap picture = decode(file, least);
        return partner == null ? List.of(picture) : List.of(picture, partner(partner, least));
    }

    /** Reads and decodes a file, whatever it is. */
    static Bitmap decode(Path file, int least) throws BrokenPicture {
        return Decoder.decode(PictureFiles.read(file), least);
    }

    private static Bitmap partner(Path file, int least) throws BrokenPicture {
        try {
            return decode(file, least);
        } catch (BrokenPicture e) {
            throw new BrokenPicture(e.kind(), "has a partner, '" + file + "', that " + e.getMessage());
        }
    }
}
