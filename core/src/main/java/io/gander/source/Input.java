package io.gander.source;

import io.gander.error.UserError;
import io.gander.file.Faults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** What the readers of files share. */
final class Input {
    private Input() {}

    /** The bytes of a file, unzipped on the way if they are gzip's. */
    static InputStream open(Path file) throws IOException {
        return unzipped(Files.newInputStream(file));
    }

    /** The same bytes, or what they hold if they are gzip's: its first two bytes tell (RFC 1952). */
    static InputStream unzipped(InputStream raw) throws IOException {
        try {
            BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
            in.mark(2);
            boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return gzip ? new GZIPInputStream(in, 1 << 16) : in;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The last part of a path. */
    static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? file.toString() : last.toString(); // a root has none
    }

    /** Says a file's name, size and time of change. */
    static void identify(Path file, Consumer<String> parts) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            parts.accept(name(file));
            parts.accept(String.valueOf(attributes.size()));
            parts.accept(attributes.lastModifiedTime().toString());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** What to tell the user when reading failed. */
    static UserError unreadable(Object file, IOException e) {
        return Faults.cannotRead("'" + file + "'", e);
    }
}
