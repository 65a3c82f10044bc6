package io.gander.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        return memory != null && memory.stamp.equals(stamp(file)) ? memory.sha256 : compute(file);
    }

    /** The sum that the file had when it was last accepted, or null. */
    static @Nullable String remembered(Path file) {
        Memory memory = recall(file);
        return memory == null ? null : memory.sha256;
    }

    /** Remembers a sum, if the folder can be written to; if not, it is computed each time. */
    static void remember(Path file, String sha256) {
        Path beside = memory(file);
        Path unfinished = beside.resolveSibling(beside.getFileName() + ".writing");
        try {
            Memory known = new Memory(sha256, stamp(file));
            if (known.equals(recall(file))) {
                return;
            }
            Files.writeString(unfinished, "# " + known.stamp + "\n" + sha256 + "  " + file.getFileName() + "\n");
            Files.move(unfinished, beside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
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

    static String compute(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
