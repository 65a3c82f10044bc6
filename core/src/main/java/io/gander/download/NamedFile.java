package io.gander.download;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of a set, as its makers offer it.
 *
 * @param name its name, at home and here
 * @param homes where it is offered; the first is asked first
 * @param bytes its length; without a SHA-256 only about
 * @param sha256 64 small hexadecimal digits, or null if nobody has published them
 */
public record NamedFile(
        String name, List<URI> homes, long bytes, @Nullable String sha256) {
    public NamedFile {
        homes = List.copyOf(homes);
        if (homes.isEmpty() || bytes <= 0 || (sha256 != null && !sha256.matches("[0-9a-f]{64}"))) {
            throw new IllegalArgumentException(name);
        }
    }

    /** " (SHA-256 c4a3…)", or nothing. */
    String sum() {
        return sha256 == null ? "" : " (SHA-256 " + sha256 + ")";
    }
}
