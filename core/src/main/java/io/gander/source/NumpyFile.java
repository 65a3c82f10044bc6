package io.gander.source;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** An open file of arrays: NPY, which holds one without a name, or NPZ, a zip of NPYs. */
final class NumpyFile implements Closeable {
    private static final String ENDING = ".npy";

    private final Path file;
    private final @Nullable ZipFile zip;

    private NumpyFile(Path file, @Nullable ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /** Opens either: the first two bytes tell. */
    static NumpyFile open(Path file) throws IOException {
        byte[] magic;
        try (InputStream in = Files.newInputStream(file)) {
            magic = in.readNBytes(2);
        }
        if (magic.length < 2 || magic[0] != 'P' || magic[1] != 'K') {
            return new NumpyFile(file, null);
        }
        // Not by java.io.File: it loses names that the locale cannot spell.
        SeekableByteChannel channel = Files.newByteChannel(file);
        try {
            return new NumpyFile(
                    file,
                    ZipFile.builder()
                            .setSeekableByteChannel(channel)
                            .setIgnoreLocalFileHeader(true)
                            .get());
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private boolean gzipped() {
        return Input.name(file).endsWith(".gz");
    }

    /** The arrays' names, with their bytes as far as the file says so: header and numbers. */
    Map<String, Long> arrays() throws IOException {
        Map<String, Long> arrays = new LinkedHashMap<>();
        if (zip == null) {
            arrays.put("", gzipped() ? -1 : Files.size(file));
            return arrays;
        }
        var entries = zip.getEntries();
        while (entries.hasMoreElements()) {
            ZipArchiveEntry entry = entries.nextElement();
            if (entry.getName().endsWith(ENDING)) {
                arrays.put(entry.getName().substring(0, entry.getName().length() - ENDING.length()), entry.getSize());
            }
        }
        return arrays;
    }

    InputStream array(String name) throws IOException {
        if (zip == null) {
            return Input.open(file);
        }
        ZipArchiveEntry entry = zip.getEntry(name + ENDING);
        if (entry == null) {
            throw new IOException("it no longer holds " + name);
        }
        boolean known = entry.getMethod() == ZipEntry.STORED || entry.getMethod() == ZipEntry.DEFLATED;
        if (!known || !zip.canReadEntryData(entry)) {
            throw new IOException("the entry " + name + " is encrypted, or packed in a way that NumPy does not use");
        }
        return new BufferedInputStream(zip.getInputStream(entry), 1 << 16);
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
