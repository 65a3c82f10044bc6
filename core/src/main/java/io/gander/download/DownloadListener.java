package io.gander.download;

import java.nio.file.Path;

/** Hears how a download goes. */
public interface DownloadListener {
    /**
     * Some bytes came.
     *
     * @param done bytes of the file that are here, those of earlier attempts included
     * @param total bytes of the whole file; −1 if the server does not say
     * @param perSecond bytes a second, since this program began with the file
     */
    default void onProgress(String file, long done, long total, double perSecond) {}

    /**
     * A file is whole.
     *
     * @param published whether the sum was known before, and so was checked
     */
    default void onWhole(Path file, String sha256, boolean published) {}

    /** Something that mended itself, or will: a sentence. */
    default void onWarning(String sentence) {}
}
