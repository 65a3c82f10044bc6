package io.gander.cli;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --overwrite}, wherever a command writes to a place that its user names. */
final class Overwrite {
    @Option(names = "--overwrite", description = "replace files that are there")
    private boolean allowed;

    /**
     * Refuses to write over any of some files.
     *
     * @param option which named their place
     */
    void spare(List<Path> files, String option) {
        List<Path> there = files.stream().filter(Files::isRegularFile).toList();
        if (!allowed && !there.isEmpty()) {
            String more = there.size() > 1 ? " (and " + (there.size() - 1) + " more)" : "";
            throw refusal(there.get(0) + more + " is there already", option);
        }
    }

    private static UserError refusal(String what, String option) {
        return new UserError(what + ": choose another " + option + ", or add --overwrite.");
    }

    /**
     * Refuses to write over what is there: a file, or a folder that is not empty. Devices and pipes may be written to.
     *
     * @param option which named the place
     */
    void spare(Path place, String option) {
        spare(List.of(place), option);
        if (!allowed && isFull(place)) {
            throw refusal(place + " is not empty", option);
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
