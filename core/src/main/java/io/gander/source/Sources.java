package io.gander.source;

import io.gander.error.UserError;
import io.gander.file.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The catalogue: from a path to the examples that lie there, by what lies there. */
public final class Sources {
    /** The original archives are not of pictures. */
    private static final Pattern CIFAR = Pattern.compile("cifar-100?-binary\\.(tar|tar\\.gz|tgz)");

    private Sources() {}

    /**
     * Opens a folder of files, a folder or file of arrays (IDX, CIFAR, NumPy), a list (CSV) or an archive; a path may
     * lead on into an archive, such as {@code set.zip/train}.
     *
     * @param subject what errors are {@linkplain UserError#about about}: who names the path, such as {@code data.path}
     * @param wanted what is looked for there
     */
    public static Source open(String subject, Path path, Wanted wanted) {
        if (Files.isDirectory(path)) {
            Source arrays = arrays(subject, path, wanted);
            return arrays != null ? arrays : Folder.open(subject, path, wanted);
        }
        if (Files.isRegularFile(path)) {
            return file(subject, path, wanted);
        }
        Path archive = path;
        while (archive.getParent() != null && !Files.exists(archive)) {
            archive = archive.getParent();
        }
        if (Files.isRegularFile(archive) && Archive.isOne(archive)) {
            return Archive.open(
                    subject, archive, archive.relativize(path).toString().replace('\\', '/'), wanted);
        }
        throw UserError.about(
                subject,
                "there is no '" + path.toAbsolutePath().normalize()
                        + "'; give a folder of " + wanted.things()
                        + ", an archive (zip, tar, tar.gz, tar.bz2), an array (.npy, .npz, IDX, CIFAR) or a list"
                        + " (.csv, .tsv).");
    }

    /** Examples and labels in IDX format, plain or gzipped, from streams that can be opened again and again. */
    public static Source idx(String name, Supplier<InputStream> images, Supplier<InputStream> labels, Wanted wanted) {
        return Idx.of(name, images, labels, wanted);
    }

    /**
     * Files of equal names in two folders as pairs.
     *
     * @param subject what errors in the first are about
     * @param secondSubject what errors in the second are about
     */
    public static Source byName(String subject, Path first, String secondSubject, Path second, Wanted wanted) {
        return ByName.of(folder(subject, first, wanted), secondSubject, folder(secondSubject, second, wanted));
    }

    private static Folder folder(String subject, Path path, Wanted wanted) {
        if (!Files.isDirectory(path)) {
            throw UserError.about(
                    subject,
                    "'" + path + "' is not a folder; pairs by name lie in two folders (unpack archives first).");
        }
        return Folder.open(subject, path, wanted);
    }

    private static Source file(String subject, Path file, Wanted wanted) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (CIFAR.matcher(name).matches()) {
            return Cifar.open(file);
        }
        if (Archive.isOne(file)) {
            return Archive.open(subject, file, "", wanted);
        }
        if (name.endsWith(".npy") || name.endsWith(".npz") || name.endsWith(".npy.gz")) {
            return Numpy.open(file, wanted);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return Manifest.open(file);
        }
        if (name.endsWith(".bin")) {
            return Cifar.open(file);
        }
        if (name.contains("idx")) {
            return Idx.open(file, wanted);
        }
        if (wanted.file(name)) {
            throw UserError.about(
                    subject, "'" + file + "' is one " + wanted.thing() + "; give the folder that holds many.");
        }
        throw UserError.about(
                subject,
                "'" + file
                        + "' cannot be read; known are zip, tar, tar.gz, tar.bz2, .npy, .npy.gz, .npz, IDX (…-idx3-ubyte), CIFAR (.bin), .csv, .tsv.");
    }

    /** A folder that holds CIFAR's or MNIST's files rather than one for each example. */
    private static @Nullable Source arrays(String subject, Path folder, Wanted wanted) {
        if (Files.exists(folder.resolve("data_batch_1.bin")) || Files.exists(folder.resolve("train.bin"))) {
            return Cifar.open(folder);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "train-images*idx3-ubyte*")) {
            for (Path file : files) {
                return Idx.open(file, wanted);
            }
            return null;
        } catch (IOException e) {
            throw UserError.about(subject, "cannot list '" + folder + "' " + Faults.reading(folder, e), e);
        }
    }
}
