package io.gander.evaluate;

import io.gander.data.DataListener;

/** Hears how an evaluation goes. */
public interface EvaluateListener extends DataListener {
    /** Hears nothing. */
    EvaluateListener SILENT = new EvaluateListener() {};

    /** So many pictures of {@code count} were translated; may throw to stop. */
    default void onPicture(int number, int count) {}
}
