package io.gander.image;

import io.gander.error.BrokenExample;
import io.gander.error.BrokenExample.Kind;
import io.gander.file.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Finds and reads the files that pictures lie in. */
public final class PictureFiles {
    /** Bytes of the largest file that is read. */
    public static final int MOST_BYTES = 256 << 20;

    /** For errors. */
    public static final String ENDINGS = ".png, .jpg, .jpeg, .gif, .bmp, .tif, .tiff, .webp";

    /** HEIC and AVIF cannot be read; they are listed so that the user hears of them. */
    public static final List<String> PICTURES = List.of(
            ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif",
            ".avif");

    /** What systems put beside the user's files: .thumbnails, ._photo.jpg, __MACOSX; but not the ways . and .. */
    private static final Pattern HIDDEN = Pattern.compile("(^|/)(\\.(?!\\.?(/|$))|__MACOSX(/|$))");

    private PictureFiles() {}

    /** Whether a path's ending is a picture's, and neither the file nor a folder above it is hidden. */
    public static boolean isPicture(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return PICTURES.stream().anyMatch(lower::endsWith) && isVisible(path);
    }

    /** Whether neither a file nor a folder above it is hidden. */
    public static boolean isVisible(String path) {
        return !HIDDEN.matcher(path).find();
    }

    /** All pictures below a folder, in the order of their paths, relative to it; links are followed. */
    public static List<Path> below(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes facts) {
                        boolean wanted = visited.equals(folder) || isVisible(String.valueOf(visited.getFileName()));
                        return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
                        if (isPicture(String.valueOf(file.getFileName()))) {
                            files.add(folder.relativize(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    /** A link in a circle leads to what is listed anyway; what may not be read says so when it is. */
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                        if (file.equals(folder)) {
                            throw e;
                        }
                        if (!Files.isDirectory(file) && isPicture(String.valueOf(file.getFileName()))) {
                            files.add(folder.relativize(file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        files.sort(null);
        return files;
    }

    /**
     * A file's bytes.
     *
     * @throws BrokenExample if it cannot be read or is too large for a picture
     */
    public static byte[] read(Path file) throws BrokenExample {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw unreadable("is a folder");
            }
            if (!attributes.isRegularFile()) {
                throw unreadable("is not a plain file"); // reading a pipe would wait for ever
            }
            if (attributes.size() > MOST_BYTES) {
                throw new BrokenExample(
                        Kind.TOO_LARGE, "has " + (attributes.size() >> 20) + " MB, more than " + (MOST_BYTES >> 20));
            }
            try (InputStream in = Files.newInputStream(file)) {
                return in.readNBytes((int) attributes.size());
            }
        } catch (NoSuchFileException e) {
            throw unreadable("does not exist");
        } catch (IOException e) {
            throw unreadable("cannot be read (" + Faults.why(e) + ")");
        }
    }

    private static BrokenExample unreadable(String why) {
        return new BrokenExample(Kind.UNREADABLE, why);
    }
}
