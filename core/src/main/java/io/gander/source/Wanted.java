package io.gander.source;

import io.gander.image.PictureFiles;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is looked for in a folder, an archive or an array: what a kind of data can be made of.
 *
 * @param things what it is called, such as "pictures"
 * @param endings of the names of files that are looked at, in lower case; also those of formats that are known and not read, so
 *     that the user hears of them
 * @param named the endings that messages name
 * @param arrays whether an array's examples of such sizes, without the count, will do
 * @param shapes the same in words, such as "count × height × width"
 */
public record Wanted(String things, List<String> endings, String named, Predicate<List<Long>> arrays, String shapes) {
    /** Whether a path's ending is one of these, and neither the file nor a folder above it is hidden. */
    boolean file(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(lower::endsWith) && PictureFiles.isVisible(path);
    }

    /** One of them. */
    String thing() {
        return things.substring(0, things.length() - 1);
    }
}
