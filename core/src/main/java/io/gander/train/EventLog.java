package io.gander.train;

import io.gander.run.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the warnings of a training in its run directory, those too that come before there is one, and that it diverged. */
final class EventLog implements TrainListener {
    private final List<Event> early = new ArrayList<>();
    private @Nullable RunDirectory run;

    /** From now on there is a run. */
    void begin(RunDirectory begun) {
        run = begun;
        early.forEach(this::on);
    }

    @Override
    public void on(Event event) {
        RunDirectory begun = run;
        if (begun == null) {
            early.add(event);
        } else if (event instanceof Event.Warning || event instanceof Event.Diverged) {
            try {
                begun.log(event.json());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
