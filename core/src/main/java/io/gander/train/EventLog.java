package io.gander.train;

import io.gander.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Keeps the warnings of a training in its run directory. */
record EventLog(RunDirectory run) implements TrainListener {
    @Override
    public void on(Event event) {
        if (event instanceof Event.Warning) {
            try {
                run.log(event.json());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
