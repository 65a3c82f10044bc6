package io.gander.image;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.leptonica.global.leptonica;
import org.jspecify.annotations.Nullable;

/**
 * While open, what C code prints to {@code stderr} is lost. libjpeg and libpng print a line for each damaged file, and
 * leptonica gives no way to ask them not to. Only C's stream is turned away, not the file descriptor: Java's
 * {@code System.err} and the JVM write as ever. Where C's stream cannot be found (Windows), nothing happens.
 */
final class Silence implements AutoCloseable {
    private static final Silence ONE = new Silence();

    /** The place of C's variable, on Linux or macOS. */
    private final @Nullable PointerPointer<Pointer> variable;

    private final @Nullable Pointer loud;
    private final @Nullable Pointer silent;
    private int open;

    private Silence() {
        Pointer found = Loader.addressof("stderr");
        found = found == null ? Loader.addressof("__stderrp") : found;
        variable = found == null ? null : new PointerPointer<>(found);
        loud = variable == null ? null : variable.get();
        silent = variable == null ? null : leptonica.fopenWriteStream("/dev/null", "w");
    }

    static Silence begin() {
        ONE.count(1);
        return ONE;
    }

    @Override
    public void close() {
        count(-1);
    }

    /** The first to open and the last to close, on whatever threads, turn the stream. */
    private synchronized void count(int change) {
        open += change;
        if (variable != null && silent != null && open == Math.max(change, 0)) {
            variable.put(0, open == 0 ? loud : silent);
        }
    }
}
