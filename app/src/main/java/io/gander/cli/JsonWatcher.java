package io.gander.cli;

import io.gander.train.Outcome;
import io.gander.train.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One JSON object a line: start, metrics, sample, checkpoint, warning, end. */
final class JsonWatcher implements Watcher {
    private static final long EVERY_NANOSECONDS = 1_000_000_000;

    private final PrintWriter out;
    private long prepared = System.nanoTime();

    JsonWatcher(PrintWriter out) {
        this.out = out;
    }

    private void event(String name, Map<String, ?> facts) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.putAll(facts);
        out.println(Json.line(event));
    }

    private static Map<String, Object> facts(long step, String kind, Path path) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("step", step);
        facts.put(kind, path.toString());
        return facts;
    }

    @Override
    public void onPreparing(long done, long total) {
        if (System.nanoTime() - prepared > EVERY_NANOSECONDS) {
            prepared = System.nanoTime();
            event("preparing", Map.of("done", done, "total", total));
        }
    }

    @Override
    public void onStart(String summary, Path run, long from, long steps) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("summary", summary);
        facts.put("run", run.toString());
        facts.put("step", from);
        facts.put("steps", steps);
        event("start", facts);
    }

    @Override
    public void onMetrics(Progress progress) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("step", progress.step());
        facts.put("steps", progress.steps());
        facts.put("seconds", progress.seconds());
        facts.put("images_per_second", progress.imagesPerSecond());
        facts.putAll(progress.metrics());
        event("metrics", facts);
    }

    @Override
    public void onSample(long step, Path picture) {
        event("sample", facts(step, "file", picture));
    }

    @Override
    public void onCheckpoint(long step, Path folder) {
        event("checkpoint", facts(step, "folder", folder));
    }

    @Override
    public void onWarning(String sentence) {
        event("warning", Map.of("message", sentence));
    }

    @Override
    public void onEnd(Outcome outcome) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("run", outcome.run().toString());
        facts.put("step", outcome.step());
        facts.put("steps", outcome.steps());
        facts.put("seconds", outcome.seconds());
        facts.put("end", outcome.end().name().toLowerCase(java.util.Locale.ROOT));
        event("end", facts);
    }
}
