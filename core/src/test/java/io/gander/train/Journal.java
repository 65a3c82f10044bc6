package io.gander.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes down what a training tells its listener, an entry an event; can stop it, or end it by a simulated crash. */
class Journal implements TrainListener {
    final List<String> events = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<Map<String, Double>> metrics = new ArrayList<>();
    final Control control = new Control();
    private final long crashAt;
    private final long stopAt;

    Journal() {
        this(-1, -1);
    }

    private Journal(long crashAt, long stopAt) {
        this.crashAt = crashAt;
        this.stopAt = stopAt;
    }

    /** After a step nothing more is done, not even what a stop would do. */
    static Journal crashingAt(long step) {
        return new Journal(step, -1);
    }

    /** Stops the training, by its {@link #control}, after a step. */
    static Journal stoppingAt(long step) {
        return new Journal(-1, step);
    }

    /** What {@link Journal} throws in the place of a kill: no exception, which would end nothing. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    long count(String prefix) {
        return events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Warning warning) {
            warnings.add(warning.sentence());
            return;
        }
        if (event instanceof Event.Metrics measured) {
            metrics.add(measured.progress().metrics());
        }
        if (!(event instanceof Event.Preparing)) {
            events.add(entry(event));
        }
        if (event instanceof Event.Stepped stepped) {
            if (stepped.progress().step() == stopAt) {
                control.stop();
            }
            if (stepped.progress().step() == crashAt) {
                throw new Crash();
            }
        }
    }

    private static String entry(Event event) {
        if (event instanceof Event.Started started) {
            return "start " + started.step() + " of " + started.steps();
        } else if (event instanceof Event.Stepped stepped) {
            return "step " + stepped.progress().step();
        } else if (event instanceof Event.Metrics measured) {
            return "metrics " + measured.progress().step();
        } else if (event instanceof Event.Sample sample) {
            return "sample " + sample.step() + " " + sample.file().getFileName();
        } else if (event instanceof Event.CheckpointSaved saved) {
            return "checkpoint " + saved.step() + " " + saved.folder().getFileName();
        } else if (event instanceof Event.Ended ended) {
            return "end " + ended.outcome().step() + " " + ended.outcome().end();
        } else if (event instanceof Event.Diverged diverged) {
            return "diverged " + diverged.step();
        }
        throw new AssertionError(event);
    }
}
