package io.gander.source;

import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import io.gander.image.Decoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
    /** Bytes of the largest file that is opened. */
    static final int MOST = 1 << 28;

    @Override
    public List<Bitmap> pictures(int least) throws BrokenPicture {
        Bitmap picture = decode(file, least);
        return partner == null ? List.of(picture) : List.of(picture, partner(partner, least));
    }

    /** Reads and decodes a file, whatever it is. */
    static Bitmap decode(Path file, int least) throws BrokenPicture {
        return Decoder.decode(read(file), least);
    }

    private static Bitmap partner(Path file, int least) throws BrokenPicture {
        try {
            return decode(file, least);
        } catch (BrokenPicture e) {
            throw new BrokenPicture(e.kind(), "has a partner, '" + file + "', that " + e.getMessage());
        }
    }

    private static byte[] read(Path file) throws BrokenPicture {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw unreadable("is a folder");
            }
            if (!attributes.isRegularFile()) {
                throw unreadable("is not a plain file"); // reading a pipe would wait for ever
            }
            if (attributes.size() > MOST) {
                throw new BrokenPicture(
                        BrokenPicture.Kind.TOO_LARGE, "has " + (attributes.size() >> 20) + " MB, more than 256");
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes((int) attributes.size());
            }
        } catch (NoSuchFileException e) {
            throw unreadable("does not exist");
        } catch (AccessDeniedException e) {
            throw unreadable("may not be read by you");
        } catch (IOException e) {
            throw unreadable("cannot be read (" + e.getMessage() + ")");
        }
    }

    private static BrokenPicture unreadable(String why) {
        return new BrokenPicture(BrokenPicture.Kind.UNREADABLE, why);
    }
}
