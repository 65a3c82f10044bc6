package io.gander.file;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room there is. */
public final class Disk {
    private Disk() {}

    /** Bytes that may be written at a place, which need not exist yet; empty if the disk does not tell. */
    public static OptionalLong free(Path place) {
        try {
            long free = Files.getFileStore(existing(place)).getUsableSpace();
            return free < 0 ? OptionalLong.empty() : OptionalLong.of(free); // beyond 8 EiB Java's number overflows
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * Says early that something will not fit, and not after hours. A disk that does not tell is given the benefit of the doubt.
     *
     * @param what is to be written
     * @param cure what else to do than to make room
     */
    public static void require(Path place, long bytes, String what, String cure) {
        long free = free(place).orElse(Long.MAX_VALUE);
        if (bytes > free) {
            throw new UserError("too little disk for " + what + ": it needs " + (((bytes - 1) >> 20) + 1) + " MB, "
                    + (free >> 20) + " MB are free in " + existing(place) + ". Make room, or " + cure + ".");
        }
    }

    /** The nearest folder above that exists. */
    private static Path existing(Path place) {
        Path existing = place.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }
}
