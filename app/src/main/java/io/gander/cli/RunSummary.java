package io.gander.cli;

import io.gander.error.Numbers;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A run in a line.
 *
 * @param run its directory
 * @param state training, done, diverged, stopped or unreadable
 * @param step the newest of which something was kept
 * @param measure the one that says most of such a run, or "" before it was taken
 * @param best its best value, at {@code bestStep}; NaN before
 * @param last its newest value
 * @param problem why it is unreadable, or ""
 * @param settings all keys of the recipe; in what is shown, those that differ from other runs of the recipe
 */
record RunSummary(
        String run,
        String recipe,
        String state,
        long step,
        int steps,
        String measure,
        double best,
        long bestStep,
        double last,
        String problem,
        Map<String, Object> settings) {
    /** What tells two runs of a recipe apart without meaning anything. */
    private static final Set<String> LOUDNESS = Set.of(
            "train.log-every",
            "train.sample-every",
            "train.checkpoint-every",
            "train.keep-checkpoints",
            "train.samples",
            "train.measure-every");

    /** Measures by how much they say, and whether less is better. */
    private static final Map<String, Boolean> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("fd", true);
        MEASURES.put("kl", true);
        MEASURES.put("good", false);
        MEASURES.put("js", true);
        MEASURES.put("psnr", false);
    }

    static RunSummary of(Path directory) {
        try {
            return of(RunDirectory.open(directory));
        } catch (UserError | IOException e) {
            String why = String.valueOf(e.getMessage());
            return new RunSummary(
                    directory.toString(), "-", "unreadable", 0, 0, "", Double.NaN, 0, Double.NaN, why, Map.of());
        }
    }

    private static RunSummary of(RunDirectory run) throws IOException {
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        List<Map<String, Double>> rows = run.metrics().rows();
        long step = run.step();
        int steps = recipe.train().steps();
        String measure = MEASURES.keySet().stream()
                .filter(name -> rows.stream().anyMatch(row -> row.containsKey(name)))
                .findFirst()
                .orElse("");
        double best = Double.NaN;
        double last = Double.NaN;
        long bestStep = 0;
        for (Map<String, Double> row : rows) {
            double value = row.getOrDefault(measure, Double.NaN);
            last = Double.isNaN(value) ? last : value;
            boolean less = MEASURES.getOrDefault(measure, true);
            if (Double.isNaN(best) || (less ? value < best : value > best)) {
                best = value;
                bestStep = row.getOrDefault("step", 0.0).longValue();
            }
        }
        String state = run.isLive() ? "training" : run.hasDiverged() ? "diverged" : step >= steps ? "done" : "stopped";
        return new RunSummary(
                run.path().toString(),
                recipe.name(),
                state,
                step,
                steps,
                measure,
                best,
                bestStep,
                last,
                "",
                new TreeMap<>(recipe.flat()));
    }

    /** The same runs, each with those settings alone in which the runs of its recipe differ. */
    static List<RunSummary> compared(List<RunSummary> runs) {
        return runs.stream()
                .map(run -> {
                    List<RunSummary> alike = runs.stream()
                            .filter(other -> other.recipe.equals(run.recipe))
                            .toList();
                    Map<String, Object> own = new TreeMap<>();
                    for (String key : keys(alike)) {
                        boolean differs = alike.stream()
                                        .map(other -> String.valueOf(other.settings.get(key)))
                                        .distinct()
                                        .count()
                                > 1;
                        if (differs && !LOUDNESS.contains(key) && run.settings.containsKey(key)) {
                            own.put(key, run.settings.get(key));
                        }
                    }
                    return run.with(own);
                })
                .toList();
    }

    private static Set<String> keys(List<RunSummary> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.settings.keySet()));
        return keys;
    }

    private RunSummary with(Map<String, Object> other) {
        return new RunSummary(run, recipe, state, step, steps, measure, best, bestStep, last, problem, other);
    }

    /** A setting as people write it. */
    static String shown(Object value) {
        return value instanceof Double number ? Numbers.text(number) : String.valueOf(value);
    }

    /** Such as "train.lr=0.001 train.seed=2". */
    String settingsText() {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> text.append(text.length() == 0 ? "" : " ")
                .append(key)
                .append('=')
                .append(shown(value)));
        return text.toString();
    }
}
