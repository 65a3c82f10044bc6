package io.gander.download;

import io.gander.file.Sha256;
import io.gander.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of files, each computed once: {@code NAME.sha256} beside a file holds its sum as sha256sum writes it, and, in a
 * comment, the length and the time of change that the file had then.
 */
final class Checksums {
    private static final String ENDING = ".sha256";

    private Checksums() {}

    /**
     * What is remembered of a file.
     *
     * @param stamp its length and time of change
     */
    private record Memory(String sha256, String stamp) {}

    /** The sum of a file, from memory if the file is as it was. */
    static String of(Path file) throws IOException {
        Memory memory = recall(file);
        return memory != null && memory.stamp.equals(stamp(file)) ? memory.sha256 : Sha256.of(file);
    }

    /** The sum that the file had when it was last accepted, or null. */
    static @Nullable String remembered(Path file) {
        Memory memory = recall(file);
        return memory == null ? null : memory.sha256;
    }

    /** Remembers a sum, if the folder can be written to; if not, it is computed each time. */
    static void remember(Path file, String sha256) {
        Path beside = memory(file);
        try {
            Memory known = new Memory(sha256, stamp(file));
            if (known.equals(recall(file))) {
                return;
            }
            WholeFile.write(beside, "# " + known.stamp + "\n" + sha256 + "  " + file.getFileName() + "\n");
        } catch (IOException e) {
            return;
        }
    }

    static Path memory(Path file) {
        return file.resolveSibling(file.getFileName() + ENDING);
    }

    private static @Nullable Memory recall(Path file) {
        try {
            List<String> lines = Files.readAllLines(memory(file), StandardCharsets.UTF_8);
            if (lines.size() == 2
                    && lines.get(0).startsWith("# ")
                    && lines.get(1).matches("[0-9a-f]{64}  .*")) {
                return new Memory(lines.get(1).substring(0, 64), lines.get(0).substring(2));
            }
            return null;
        } catch (IOException e) { // none, or one that cannot be read: then it is computed again
            return null;
        }
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " bytes, " + Files.getLastModifiedTime(file).toMillis();
    }
}
