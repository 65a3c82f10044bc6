package io.gander.download;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What goes wrong with the disk, and not with the network. */
final class Disk {
    private Disk() {}

    /** Why, in words: these exceptions' own messages are often just the path. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "a file of that name is in the way";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof FileSystemException trouble && trouble.getReason() != null) {
            return trouble.getReason();
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    static UserError cannotWrite(Path file, IOException e) {
        return new UserError(
                "cannot write " + file + " (" + reason(e)
                        + "): make room or get permission, or set GANDER_CACHE=DIR to another folder.",
                e);
    }

    static UserError cannotRead(Path file, IOException e) {
        return new UserError("cannot read " + file + " (" + reason(e) + "): may you read it?", e);
    }

    /** Says early that a file will not fit, and not after hours. */
    static void needs(Path folder, long bytes, String what) {
        long free;
        try {
            free = Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            return; // then the writing will tell
        }
        if (bytes > free) {
            throw new UserError(what + " needs " + (bytes >> 20) + " MB more in " + folder + ", which has "
                    + (free >> 20) + " MB free: make room, or set GANDER_CACHE=DIR to another disk.");
        }
    }
}
