package io.gander.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.error.ShellCommand;
import io.gander.recipe.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code report.html}: one file with a verdict, curves, samples, recipe and provenance, that needs nothing else to be looked at. While
 * the run goes on, it looks for a newer page of its own name.
 */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Points that a curve is drawn with, and grids that are shown: enough to see, few enough to open quickly. */
    private static final int POINTS = 600;

    private static final int GRIDS = 24;

    private Report() {}

    static String html(RunDirectory run, Recipe recipe, boolean live) throws IOException {
        ObjectNode data = JSON.createObjectNode();
        JsonNode provenance = run.provenance();
        List<Map<String, Double>> rows = run.metrics().rows();
        List<JsonNode> events = run.events().all();
        data.put("name", recipe.name());
        data.put("about", about(recipe, provenance));
        data.put(
                "when",
                "begun "
                        + provenance
                                .path("started")
                                .asText("?")
                                .replace("T", " ")
                                .replace("Z", " UTC"));
        data.put("live", live);
        data.put("written", System.currentTimeMillis());
        data.put("step", run.step());
        data.put("steps", recipe.train().steps());
        data.put("speed", rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getOrDefault("examples_per_second", 0.0));
        judge(data, rows, events, recipe);
        data.put("resume", ShellCommand.of("resume", run.path()));
        data.set("metrics", JSON.valueToTree(thinned(rows)));
        data.set("events", JSON.valueToTree(new LinkedHashSet<>(events)));
        data.put("loss", String.valueOf(recipe.flat().get("objective.loss")));
        show(data, run, recipe);
        data.set("evaluations", JSON.valueToTree(run.evaluations()));
        data.put("recipe", recipe.toYaml());
        data.put("provenance", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(provenance));
        // "</script>" or "<!--<script>" inside a string would end the page's script element or keep it from ending
        return resource("report.html")
                .replace("@STYLE@", resource("report.css"))
                .replace("@SCRIPT@", resource("report.js"))
                .replace("@GLOSSARY@", Glossary.html(resource("glossary.md")))
                .replace("@DATA@", JSON.writeValueAsString(data).replace("<", "\\u003c"));
    }

    /** What the numbers say, and the limits by which. */
    private static void judge(ObjectNode data, List<Map<String, Double>> rows, List<JsonNode> events, Recipe recipe) {
        int steps = recipe.train().steps();
        Verdict verdict = Verdict.of(rows, events, steps);
        data.putObject("verdict")
                .put("kind", verdict.kind().name())
                .put("words", verdict.kind().words())
                .put("reason", verdict.reason())
                .set("help", JSON.valueToTree(Remedies.named(recipe, verdict.kind())));
        data.putObject("limits")
                .put("diversity", Verdict.ALIKE)
                .put("covered", Verdict.FEW)
                .put("margin", Verdict.SURE)
                .put("from", Verdict.judgedFrom(steps));
        data.put("kinds", Verdict.kinds(rows));
        Verdict.margin(rows).ifPresent(margin -> data.put("margin", margin));
    }

    /** The samples, and what is to be seen in them. */
    private static void show(ObjectNode data, RunDirectory run, Recipe recipe) throws IOException {
        data.put("shown", recipe.rules().samples());
        data.set("columns", JSON.valueToTree(recipe.rules().columns()));
        data.set(
                "shape",
                Files.exists(run.path().resolve(RunDirectory.CODEC))
                        ? run.codec().path("shape")
                        : null);
        ArrayNode samples = data.putArray("samples");
        for (Path sample : spread(run.samples())) {
            samples.addObject().put("step", RunDirectory.stepOf(sample)).put("png", png(sample));
        }
        Path sheet = run.path().resolve(RunDirectory.EVALUATION_SHEET);
        if (Files.exists(sheet)) {
            data.put("sheet", png(sheet));
        }
    }

    private static String png(Path file) throws IOException {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }

    private static String about(Recipe recipe, JsonNode provenance) {
        JsonNode machine = provenance.path("machine");
        return provenance.path("data").path("name").asText() + ", batch "
                + recipe.train().batch() + ", "
                + machine.path("device").asText() + ", "
                + machine.path("threads").asInt() + " of "
                + machine.path("cores").asInt() + " cores";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Report.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar of gander-core lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Averages neighbouring rows until the curve has few enough points; the last row stays as it is. */
    private static List<Map<String, Double>> thinned(List<Map<String, Double>> rows) {
        int group = (rows.size() + POINTS - 1) / POINTS;
        if (group <= 1) {
            return rows;
        }
        List<Map<String, Double>> thin = new ArrayList<>();
        for (int start = 0; start < rows.size() - 1; start += group) {
            thin.add(mean(rows.subList(start, Math.min(start + group, rows.size() - 1))));
        }
        thin.add(rows.get(rows.size() - 1));
        return thin;
    }

    private static Map<String, Double> mean(List<Map<String, Double>> rows) {
        Map<String, Double> mean = new LinkedHashMap<>();
        Set<String> keys = new LinkedHashSet<>();
        rows.forEach(row -> keys.addAll(row.keySet()));
        for (String key : keys) { // some are measured seldom
            rows.stream()
                    .filter(row -> row.containsKey(key))
                    .mapToDouble(row -> row.get(key))
                    .average()
                    .ifPresent(value -> mean.put(key, value));
        }
        return mean;
    }

    /** The first, the last, and evenly between. */
    private static List<Path> spread(List<Path> samples) {
        if (samples.size() <= GRIDS) {
            return samples;
        }
        List<Path> spread = new ArrayList<>();
        for (int i = 0; i < GRIDS; i++) {
            spread.add(samples.get((int) Math.round((double) i * (samples.size() - 1) / (GRIDS - 1))));
        }
        return spread;
    }
}
