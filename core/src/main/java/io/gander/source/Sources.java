package io.gander.source;

import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.image.PictureFiles;
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
     * Opens a folder of pictures, a folder or file of arrays (IDX, CIFAR, NumPy), a list (CSV) or an archive; a path may
     * lead on into an archive, such as {@code set.zip/train}.
     */
    public static Source open(Path path) {
        if (Files.isDirectory(path)) {
            Source arrays = arrays(path);
            return arrays != null ? arrays : Folder.open(path);
        }
        if (Files.isRegularFile(path)) {
            return file(path);
        }
        Path archive = path;
        while (archive.getParent() != null && !Files.exists(archive)) {
            archive = archive.getParent();
        }
        if (Files.isRegularFile(archive) && Archive.isOne(archive)) {
            return Archive.open(archive, archive.relativize(path).toString().replace('\\', '/'));
        }
        throw new UserError("data.path: there is no '" + path.toAbsolutePath().normalize()
                + "'; give a folder of pictures, an archive (zip, tar, tar.gz, tar.bz2), an array (.npy, .npz, IDX, CIFAR) or a list"
                + " (.csv, .tsv).");
    }

    /** Pictures and labels in IDX format, plain or gzipped, from streams that can be opened again and again. */
    public static Source idx(String name, Supplier<InputStream> images, Supplier<InputStream> labels) {
        return Idx.of(name, images, labels);
    }

    /** Left and right halves as pairs. */
    public static Source sideBySide(Source source) {
        return new SideBySide(source);
    }

    /** Files of equal names in two folders as pairs. */
    public static Source byName(Path first, Path second) {
        return ByName.of(folder("data.path", first), folder("data.second", second));
    }

    private static Folder folder(String key, Path path) {
        if (!Files.isDirectory(path)) {
            throw new UserError(
                    key + ": '" + path + "' is no folder; pairs by name lie in two folders (unpack archives first).");
        }
        return Folder.open(path);
    }

    private static Source file(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (CIFAR.matcher(name).matches()) {
            return Cifar.open(file);
        }
        if (Archive.isOne(file)) {
            return Archive.open(file, "");
        }
        if (name.endsWith(".npy") || name.endsWith(".npz")) {
            return Numpy.open(file);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return Manifest.open(file);
        }
        if (name.endsWith(".bin")) {
            return Cifar.open(file);
        }
        if (name.contains("idx")) {
            return Idx.open(file);
        }
        if (PictureFiles.isPicture(name)) {
            throw new UserError("data.path: '" + file + "' is one picture; give the folder that holds many.");
        }
        throw new UserError(
                "data.path: '" + file
                        + "' is none of what can be read: zip, tar, tar.gz, tar.bz2, .npy, .npz, IDX (…-idx3-ubyte), CIFAR (.bin), .csv, .tsv.");
    }

    /** A folder that holds CIFAR's or MNIST's files rather than pictures. */
    private static @Nullable Source arrays(Path folder) {
        if (Files.exists(folder.resolve("data_batch_1.bin")) || Files.exists(folder.resolve("train.bin"))) {
            return Cifar.open(folder);
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "train-images*idx3-ubyte*")) {
            for (Path file : files) {
                return Idx.open(file);
            }
            return null;
        } catch (IOException e) {
            throw new UserError("data.path: cannot list '" + folder + "' " + Faults.reading(folder, e), e);
        }
    }
}
