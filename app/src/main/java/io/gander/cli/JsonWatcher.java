package io.gander.cli;

import io.gander.train.Event;
import io.gander.train.TrainListener;
import java.io.PrintWriter;

/** Prints events, one JSON object a line; of the rounds those that are measured, of decoding one a second. */
final class JsonWatcher implements TrainListener {
    private static final long EVERY_NANOSECONDS = 1_000_000_000;

    private final PrintWriter out;
    private long prepared = System.nanoTime();

    JsonWatcher(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Stepped) {
            return;
        }
        if (event instanceof Event.Preparing) {
            if (System.nanoTime() - prepared < EVERY_NANOSECONDS) {
                return;
            }
            prepared = System.nanoTime();
        }
        out.println(Json.line(event.json()));
    }
}
