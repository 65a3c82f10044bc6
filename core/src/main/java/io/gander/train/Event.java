package io.gander.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What happens in a training. They come in the order of the work: {@link Preparing} while data is decoded for the first time,
 * {@link Started}; after a round {@link Metrics} where it was measured, {@link Stepped}, and {@link Sample} and {@link
 * CheckpointSaved} where they are due; last {@link Ended} or {@link Diverged}, unless the training fails otherwise. A {@link Warning} may
 * come at any time.
 */
public sealed interface Event {
    /** The one form for other programs: {@code "event"}, its name, then its facts in order: numbers and texts. */
    Map<String, Object> json();

    private static Map<String, Object> json(String name) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", name);
        return json;
    }

    private static Map<String, Object> json(String name, Progress progress) {
        Map<String, Object> json = json(name);
        json.put("step", progress.step());
        json.put("steps", progress.steps());
        json.put("seconds", progress.seconds());
        json.put("examples_per_second", progress.examplesPerSecond());
        return json;
    }

    private static Map<String, Object> json(String name, long step, String kind, Path path) {
        Map<String, Object> json = json(name);
        json.put("step", step);
        json.put(kind, path.toString());
        return json;
    }

    /**
     * Examples are being decoded.
     *
     * @param done so far
     * @param total −1 if not known
     */
    record Preparing(long done, long total) implements Event {
        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("preparing");
            json.put("done", done);
            json.put("total", total);
            return json;
        }
    }

    /**
     * The first round is next.
     *
     * @param summary device, threads, parameters, data: a line
     * @param step what was already done; 0 for a new run
     * @param steps of the whole run
     */
    record Started(String summary, Path run, long step, long steps) implements Event {
        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("start");
            json.put("summary", summary);
            json.put("run", run.toString());
            json.put("step", step);
            json.put("steps", steps);
            return json;
        }
    }

    /** A round is over. */
    record Stepped(Progress progress) implements Event {
        @Override
        public Map<String, Object> json() {
            return Event.json("step", progress);
        }
    }

    /** The metrics of a round were logged. */
    record Metrics(Progress progress) implements Event {
        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("metrics", progress);
            json.putAll(progress.metrics());
            return json;
        }
    }

    /**
     * A grid of samples was saved.
     *
     * @param file a PNG
     */
    record Sample(long step, Path file) implements Event {
        @Override
        public Map<String, Object> json() {
            return Event.json("sample", step, "file", file);
        }
    }

    /** A checkpoint is whole on the disk. */
    record CheckpointSaved(long step, Path folder) implements Event {
        @Override
        public Map<String, Object> json() {
            return Event.json("checkpoint", step, "folder", folder);
        }
    }

    /**
     * Something that needs no stop but that a person should know.
     *
     * @param step the round it is about, if it is about one
     * @param message a sentence, or several
     */
    record Warning(OptionalLong step, String message) implements Event {
        /** A warning about no round in particular. */
        public Warning(String message) {
            this(OptionalLong.empty(), message);
        }

        /** The message, after its step if it has one. */
        public String sentence() {
            return step.isPresent() ? "step " + step.getAsLong() + ": " + message : message;
        }

        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("warning");
            step.ifPresent(at -> json.put("step", at));
            json.put("message", message);
            return json;
        }
    }

    /**
     * The training has ended, for a loss or a weight is not finite.
     *
     * @param message sentences: what, the last good checkpoint, what may help
     */
    record Diverged(long step, String message) implements Event {
        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("diverged");
            json.put("step", step);
            json.put("message", message);
            return json;
        }
    }

    /** The last round is over, or the training was asked to stop; everything is saved. */
    record Ended(Outcome outcome) implements Event {
        @Override
        public Map<String, Object> json() {
            Map<String, Object> json = Event.json("end");
            json.put("run", outcome.run().toString());
            json.put("step", outcome.step());
            json.put("steps", outcome.steps());
            json.put("seconds", outcome.seconds());
            json.put("end", outcome.end().name().toLowerCase(Locale.ROOT));
            return json;
        }
    }
}
