package io.gander.download;

import io.gander.file.WholeFile;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What has come of a file so far: {@code NAME.part}, and {@code NAME.part.from}, which says of which version at which
 * address it is a part. Both outlive this program, so that the next run can go on.
 */
final class Part {
    private final Path target;
    private final Path part;
    private final Path from;

    /**
     * A version of a file.
     *
     * @param validator its ETag, or the time of its last change; "" if the server tells neither
     * @param total its length, bytes; −1 if unknown
     */
    record Version(URI address, String validator, long total) {}

    Part(Path target) {
        this.target = target;
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.from = target.resolveSibling(target.getFileName() + ".part.from");
    }

    Path path() {
        return part;
    }

    Path folder() {
        return Objects.requireNonNull(target.toAbsolutePath().getParent());
    }

    /** Bytes that are here. */
    long size() throws IOException {
        return Files.exists(part) ? Files.size(part) : 0;
    }

    /** The version that the bytes here belong to, if there are any and if one can go on with them. */
    @Nullable
    Version version() throws IOException {
        if (size() == 0 || !Files.exists(from)) {
            return null;
        }
        List<String> lines = Files.readAllLines(from);
        try {
            Version version = new Version(URI.create(lines.get(0)), lines.get(1), Long.parseLong(lines.get(2)));
            return version.validator.isEmpty() || (version.total >= 0 && size() > version.total) ? null : version;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return null; // half written
        }
    }

    /** Begins a version: what was here of another is gone. */
    FileChannel begin(Version version) throws IOException {
        Files.deleteIfExists(from); // first, so that old bytes never pass for new ones
        FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        Files.writeString(from, version.address + "\n" + version.validator + "\n" + version.total + "\n");
        return channel;
    }

    /** Goes on where the last attempt ended. */
    FileChannel goOn() throws IOException {
        return FileChannel.open(part, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    void discard() throws IOException {
        Files.deleteIfExists(from);
        Files.deleteIfExists(part);
    }

    /** Gives the file its name, all of it on the disk. */
    void finish() throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        WholeFile.rename(part, target);
        Files.deleteIfExists(from);
    }
}
