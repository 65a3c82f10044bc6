package io.gander.source;

import org.jspecify.annotations.Nullable;

/** What the names of files, on disk or in an archive, tell. */
final class Names {
    private Names() {}

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
