package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * What must hold whatever bytes a file has: it is read, or refused by a {@link UserError}, without ever using more memory
 * than the machine has. {@code bench/fuzz.sh} looks for counter-examples with Jazzer; {@link SourceFuzzTest} replays those
 * that were found. One class for each reader, since that is how Jazzer names its targets.
 */
public final class SourceFuzz {
    private static final Path FOLDER = folder();

    private SourceFuzz() {}

    /** The file of pictures, or that of labels. */
    public static final class OfIdx {
        private static final byte[] ONE_PICTURE = {0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 77};

        private OfIdx() {}

        public static void fuzzerTestOneInput(byte[] file) {
            readPlainAndZipped("alone", file, alone -> Idx.open(alone, Items.WANTED));
            Path images = write("x-images-idx3-ubyte", ONE_PICTURE);
            readPlainAndZipped("x-labels-idx1-ubyte", file, labels -> Idx.open(images, Items.WANTED));
        }
    }

    /** A file of pictures, or a tar archive. */
    public static final class OfCifar {
        private OfCifar() {}

        public static void fuzzerTestOneInput(byte[] file) {
            readPlainAndZipped("cifar", file, Cifar::open);
        }
    }

    public static final class OfNumpy {
        private OfNumpy() {}

        public static void fuzzerTestOneInput(byte[] file) {
            read(write("array", file), array -> Numpy.open(array, Items.WANTED));
        }
    }

    public static final class OfManifest {
        private OfManifest() {}

        public static void fuzzerTestOneInput(byte[] file) {
            read(write("list.csv", file), Manifest::open);
        }
    }

    /** A fuzzer cannot guess gzip's checksums, so it is done for it. */
    private static void readPlainAndZipped(String name, byte[] file, Function<Path, Source> opening) {
        read(write(name, file), opening);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        read(write(name, zipped.toByteArray()), opening);
    }

    private static void read(Path file, Function<Path, Source> opening) {
        try {
            Source source = opening.apply(file);
            source.identify(part -> {});
            AtomicLong count = new AtomicLong();
            source.forEach(item -> {
                count.incrementAndGet();
                decode(item);
            });
            if (count.get() != source.count()) {
                throw new AssertionError(count + " examples, not " + source.count());
            }
        } catch (UserError e) {
            if (String.valueOf(e.getMessage()).lines().count() != 1) {
                throw new AssertionError("more than a line", e);
            }
        }
    }

    private static void decode(Item item) {
        try {
            Items.pictures(item);
        } catch (BrokenExample e) {
            if (e.getMessage() == null || item.name().isEmpty()) {
                throw new AssertionError("neither a name nor a reason", e);
            }
        }
    }

    private static Path write(String name, byte[] bytes) {
        try {
            return Files.write(FOLDER.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            Path folder = Files.createTempDirectory("gander-fuzz");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
