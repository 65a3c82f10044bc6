package io.gander.download;

/** Counts the bytes of one file for a listener. */
final class Meter {
    private final String file;
    private final DownloadListener listener;
    private final long began = System.nanoTime();
    private long came;

    Meter(String file, DownloadListener listener) {
        this.file = file;
        this.listener = listener;
    }

    /** Whether anything came at all. */
    boolean moved() {
        return came > 0;
    }

    /**
     * Some bytes came.
     *
     * @param bytes how many
     * @param done all that are here
     */
    void count(long bytes, long done, long total) {
        came += bytes;
        double seconds = Math.max(1e-3, (System.nanoTime() - began) / 1e9);
        listener.onProgress(file, done, total, came / seconds);
    }
}
