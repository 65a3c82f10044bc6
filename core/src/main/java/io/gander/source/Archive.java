package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.image.PictureFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The examples in a zip, tar, tar.gz or tar.bz2, in the archive's order, read without unpacking: nothing is written, so the
 * entries' names can do no harm. An example's class is the folder that it lies in.
 */
final class Archive implements Source {
    private static final List<String> ENDINGS = List.of(".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tbz");

    private final String subject;
    private final Path file;
    private final String below;
    private final Wanted wanted;

    /** An example in memory, still encoded. */
    private record Entry(String name, byte[] content) implements Item {
        @Override
        public @Nullable String label() {
            return Names.parent(name);
        }

        @Override
        public List<Content> contents() {
            return List.of(new Content.FileBytes(name, content));
        }

        @Override
        public long bytes() {
            return content.length;
        }
    }

    /** Opens one entry of an archive. */
    private interface Opener {
        InputStream open() throws IOException;
    }

    private Archive(String subject, Path file, String below, Wanted wanted) {
        this.subject = subject;
        this.file = file;
        this.below = below;
        this.wanted = wanted;
    }

    static boolean isOne(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    /**
     * Opens one.
     *
     * @param subject what errors are about
     * @param below only what lies below this folder of the archive; empty for everything
     */
    static Archive open(String subject, Path file, String below, Wanted wanted) {
        return new Archive(subject, file, below.isEmpty() ? "" : below + "/", wanted);
    }

    @Override
    public String name() {
        return file.getFileName() + (below.isEmpty() ? "" : "/" + below.substring(0, below.length() - 1));
    }

    @Override
    public long count() {
        if (!isZip()) {
            return -1;
        }
        try (ZipFile zip = zip()) {
            return Collections.list(zip.getEntries()).stream()
                    .filter(entry -> !entry.isDirectory() && wanted(entry.getName()))
                    .count();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void identify(Consumer<String> parts) {
        parts.accept("archive " + below);
        Input.identify(file, parts);
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        try {
            if (isZip()) {
                readZip(consumer);
            } else {
                readTar(consumer);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean isZip() {
        return lowerName().endsWith(".zip");
    }

    private String lowerName() {
        return Input.name(file).toLowerCase(Locale.ROOT);
    }

    private ZipFile zip() throws IOException {
        return ZipFile.builder().setPath(file).get();
    }

    private void readZip(Consumer<Item> consumer) throws IOException {
        try (ZipFile zip = zip()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                if (entry.isDirectory() || !wanted(entry.getName())) {
                    continue;
                }
                consumer.accept(
                        entry.getGeneralPurposeBit().usesEncryption()
                                ? broken(
                                        entry.getName(),
                                        BrokenExample.Kind.UNREADABLE,
                                        "is encrypted; unpack the archive yourself")
                                : read(entry.getName(), () -> zip.getInputStream(entry)));
            }
        }
    }

    private void readTar(Consumer<Item> consumer) throws IOException {
        try (Allowance bytes = new Allowance(unpacked());
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes, "UTF-8")) {
            for (TarArchiveEntry entry = bytes.next(tar); entry != null; entry = bytes.next(tar)) {
                if (entry.isSparse()) { // its zeros need no bytes, and may never end
                    throw new IOException("it has a sparse entry");
                }
                // A tar is one stream: what breaks in it breaks all that follows, so the exception goes on.
                if (isPlain(entry) && wanted(entry.getName())) {
                    consumer.accept(item(entry.getName(), tar));
                }
                tar.transferTo(OutputStream.nullOutputStream());
            }
        }
    }

    /** Neither a folder nor a link nor a device. */
    private static boolean isPlain(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        return kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM || kind == TarConstants.LF_CONTIG;
    }

    private InputStream unpacked() throws IOException {
        return lowerName().endsWith("2") || lowerName().endsWith(".tbz")
                ? new BZip2CompressorInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), true)
                : Input.open(file);
    }

    private boolean wanted(String entry) {
        String name = slashes(entry);
        return name.startsWith(below) && wanted.file(name);
    }

    private Item read(String entry, Opener opener) {
        try (InputStream in = opener.open()) {
            return item(entry, in);
        } catch (IOException | RuntimeException e) { // commons-compress throws either for a damaged entry
            return broken(entry, BrokenExample.Kind.UNREADABLE, "cannot be unpacked (" + Faults.why(e) + ")");
        }
    }

    /** Whatever the archive says of the entry's size, no more is read than an honest example has. */
    private Item item(String entry, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(PictureFiles.MOST_BYTES + 1);
        return bytes.length > PictureFiles.MOST_BYTES
                ? broken(
                        entry, BrokenExample.Kind.TOO_LARGE, "has more than " + (PictureFiles.MOST_BYTES >> 20) + " MB")
                : new Entry(name(entry), bytes);
    }

    private Item broken(String entry, BrokenExample.Kind kind, String why) {
        String name = name(entry);
        return new BrokenItem(name, Names.parent(name), kind, why);
    }

    private String name(String entry) {
        return slashes(entry).substring(below.length());
    }

    /** Some old programs for Windows write backslashes; many write ./ first. */
    private static String slashes(String entry) {
        String name = entry.replace('\\', '/');
        return name.startsWith("./") ? name.substring(2) : name;
    }

    private UserError unreadable(IOException e) {
        return UserError.about(
                subject,
                "the archive '" + file + "' cannot be read (" + Faults.why(e)
                        + "): it is damaged or cut off; fetch it again.",
                e);
    }
}
