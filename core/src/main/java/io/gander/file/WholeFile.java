package io.gander.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Writes files so that they appear whole or not at all: under a name of the writer's own in the same folder, then renamed. That
 * name is {@code .~} and a few letters and digits, and never longer than the file's own (but for names below three bytes), so
 * that whatever name the system allows can be written. What a kill leaves behind is swept away an hour later by the next
 * program that writes in that folder.
 */
public final class WholeFile {
    private static final String MARK = ".~";

    /** Bytes of the longest name before the renaming. */
    private static final int LONGEST = 12;

    private static final Pattern UNFINISHED = Pattern.compile("\\.~[0-9a-z]{1," + (LONGEST - MARK.length()) + "}");

    /** One that lives writes all the time. */
    private static final Duration DEAD = Duration.ofHours(1);

    /** Folders that this program has looked through. */
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    /** Writes a file's contents. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes everything.
         *
         * @param beside an empty file
         */
        void write(Path beside) throws IOException;
    }

    private WholeFile() {}

    /**
     * Writes a file, or replaces it; of a link, what it leads to. A device or a pipe gets the contents as they are. Whatever
     * goes wrong, an older file stays as it was.
     */
    public static void write(Path file, Body body) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        boolean exists = Files.exists(file);
        if (exists && !Files.isRegularFile(file)) {
            body.write(file);
            return;
        }
        Path target = exists ? file.toRealPath() : file;
        Path beside = reserve(target);
        boolean whole = false;
        try {
            body.write(beside);
            rename(beside, target);
            whole = true;
        } catch (FileSystemException e) {
            throw of(file, beside, e);
        } finally {
            if (!whole) { // for by now its name may be another writer's
                Files.deleteIfExists(beside);
            }
        }
    }

    /** Writes bytes. */
    public static void write(Path file, byte[] content) throws IOException {
        write(file, beside -> Files.write(beside, content));
    }

    /** Writes text in UTF-8. */
    public static void write(Path file, CharSequence text) throws IOException {
        write(file, beside -> Files.writeString(beside, text));
    }

    /** Makes the folders above a file that are not there. */
    public static void makeParents(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    /** Gives what was written its name, at once; a file of that name is replaced. */
    public static void rename(Path unfinished, Path whole) throws IOException {
        Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes all unfinished files in a folder. For whoever knows that nobody else writes there. */
    public static void sweep(Path folder) throws IOException {
        sweep(folder, Instant.MAX);
    }

    private static void sweep(Path folder, Instant before) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, MARK + "*")) {
            for (Path file : files) {
                if (UNFINISHED.matcher(file.getFileName().toString()).matches()
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void sweepOnce(Path folder) {
        if (SWEPT.add(folder)) {
            try {
                sweep(folder, Instant.now().minus(DEAD));
            } catch (IOException e) {
                return; // a leftover does no harm, and what is wrong with the folder the writing tells
            }
        }
    }

    /** An empty file that is this writer's alone; not by createTempFile, whose files others could not read. */
    private static Path reserve(Path target) throws IOException {
        sweepOnce(Objects.requireNonNull(target.toAbsolutePath().normalize().getParent()));
        int bytes = target.getFileName().toString().getBytes(StandardCharsets.UTF_8).length;
        int letters = Math.max(1, Math.min(LONGEST, bytes) - MARK.length());
        for (int attempt = 1; ; attempt++) {
            Path beside = target.resolveSibling(MARK + letters(letters));
            try {
                return Files.createFile(beside);
            } catch (FileAlreadyExistsException e) {
                if (attempt == 1000) {
                    throw of(target, beside, e);
                }
            } catch (FileSystemException e) {
                throw of(target, beside, e);
            }
        }
    }

    private static String letters(int count) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < count; i++) {
            letters.append(Character.forDigit(ThreadLocalRandom.current().nextInt(36), 36));
        }
        return letters.toString();
    }

    /** The same fault, of the file that the caller knows. */
    private static FileSystemException of(Path file, Path beside, FileSystemException e) {
        if (!beside.toString().equals(e.getFile())) {
            return e;
        }
        FileSystemException named = new FileSystemException(file.toString(), null, Faults.why(e));
        named.initCause(e);
        return named;
    }
}
