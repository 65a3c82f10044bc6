package io.gander.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes down what a training tells its listener, an entry an event; can end it by a simulated crash. */
class Journal implements TrainListener {
    final List<String> events = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    final List<Map<String, Double>> metrics = new ArrayList<>();
    private final long crashAt;

    Journal() {
        this(-1);
    }

    /**
     * @param crashAt the step after which nothing more is done, not even what a stop would do; −1 for never
     */
    Journal(long crashAt) {
        this.crashAt = crashAt;
    }

    /** What {@link Journal} throws in the place of a kill. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    long count(String prefix) {
        return events.stream().filter(event -> event.startsWith(prefix)).count();
    }

    @Override
    public void onStart(String summary, Path run, long from, long steps) {
        events.add("start " + from + " of " + steps);
    }

    @Override
    public void onStep(Progress progress) {
        events.add("step " + progress.step());
        if (progress.step() == crashAt) {
            throw new Crash();
        }
    }

    @Override
    public void onMetrics(Progress progress) {
        events.add("metrics " + progress.step());
        metrics.add(progress.metrics());
    }

    @Override
    public void onSample(long step, Path picture) {
        events.add("sample " + step + " " + picture.getFileName());
    }

    @Override
    public void onCheckpoint(long step, Path folder) {
        events.add("checkpoint " + step + " " + folder.getFileName());
    }

    @Override
    public void onWarning(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void onEnd(Outcome outcome) {
        events.add("end " + outcome.step() + " " + outcome.end());
    }
}
