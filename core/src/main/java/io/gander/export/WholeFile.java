package io.gander.export;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that it appears whole or not at all: beside its place first, then renamed. */
final class WholeFile {
    /** Writes a file's contents. */
    interface Body {
        /** Writes everything to the given path, and forces it to the disk. */
        void write(Path beside) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes the file, or replaces it.
     *
     * @throws UserError if its folder does not exist, or it cannot be written there
     */
    static void write(Path file, Body body) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new UserError("cannot write " + file + ": it is a folder; give the path of a file in it.");
        }
        if (!Files.isDirectory(folder)) {
            throw new UserError(
                    "cannot write " + file + ": there is no folder " + folder + "; make it, or give another path.");
        }
        Path beside = folder.resolve(target.getFileName() + ".tmp");
        try {
            try {
                body.write(beside);
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            // An access error's own message is just the path.
            String why = e instanceof AccessDeniedException
                    ? "the folder or the file is protected"
                    : String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UserError("cannot write " + file + " (" + why + "); give another path with --out.", e);
        }
    }
}
