package io.gander.train;

import io.gander.data.DataListener;

/**
 * Hears how a training goes: on the training's thread, which waits meanwhile; what takes long belongs into a {@link
 * BackgroundListener}. A listener that throws ends nothing: the others are warned once, and it goes on to be told.
 */
@FunctionalInterface
public interface TrainListener {
    void on(Event event);

    /** Hears how data is made ready as events. */
    default DataListener ofData() {
        return new DataListener() {
            @Override
            public void onPreparing(long done, long total) {
                on(new Event.Preparing(done, total));
            }

            @Override
            public void onWarning(String sentence) {
                on(new Event.Warning(sentence));
            }
        };
    }
}
