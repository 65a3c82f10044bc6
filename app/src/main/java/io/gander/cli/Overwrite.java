package io.gander.cli;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --overwrite}, wherever a command writes to a place that its user names. */
final class Overwrite {
    @Option(names = "--overwrite", description = "replace files that are there")
    boolean allowed;

    /**
     * Refuses to write over what is there: a file, or a folder that is not empty. Devices and pipes may be written to.
     *
     * @param option which named the place
     */
    void spare(Path place, String option) {
        if (!allowed && (Files.isRegularFile(place) || isFull(place))) {
            throw new UserError(place + (Files.isDirectory(place) ? " is not empty" : " is there already")
                    + ": choose another " + option + ", or add --overwrite.");
        }
    }

    private static boolean isFull(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            return inside.iterator().hasNext();
        } catch (IOException e) {
            return false; // writing there will say what is wrong with it
        }
    }
}
