package io.gander.data;

/** Hears how data is made ready. Called on one thread. */
public interface DataListener {
    /** Hears nothing. */
    DataListener SILENT = new DataListener() {};

    /**
     * Examples are being decoded for the first time.
     *
     * @param done so far
     * @param total −1 if not known
     */
    default void onPreparing(long done, long total) {}

    /** Something that needs no stop but that a person should know. */
    default void onWarning(String sentence) {}
}
