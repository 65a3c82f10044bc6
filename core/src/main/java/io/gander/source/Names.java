package io.gander.source;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the names of files, on disk or in an archive, tell. */
final class Names {
    /** HEIC and AVIF cannot be read; they are listed so that the user hears of them. */
    private static final List<String> PICTURES = List.of(
            ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic", ".heif",
            ".avif");

    /** For errors. */
    static final String ENDINGS = ".png, .jpg, .jpeg, .gif, .bmp, .tif, .tiff, .webp";

    /** What systems put beside the user's files: .thumbnails, ._photo.jpg, __MACOSX; but not the ways . and .. */
    private static final Pattern HIDDEN = Pattern.compile("(^|/)(\\.(?!\\.?(/|$))|__MACOSX(/|$))");

    private Names() {}

    /** Whether a path's ending is a picture's, and neither the file nor a folder above it is hidden. */
    static boolean isPicture(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return PICTURES.stream().anyMatch(lower::endsWith) && isVisible(path);
    }

    static boolean isVisible(String path) {
        return !HIDDEN.matcher(path).find();
    }

    /** The folder that a file lies in, without the folders above; null for none. */
    static @Nullable String parent(String path) {
        int end = path.lastIndexOf('/');
        int start = path.lastIndexOf('/', end - 1) + 1;
        return end <= 0 || start == end ? null : path.substring(start, end);
    }

    /** "a/b.png" is "a/b": what pairs have in common. */
    static String withoutEnding(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(0, dot) : path;
    }
}
