package io.gander.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** {@code report.html}: one file with curves, samples, recipe and provenance, that needs nothing else to be looked at. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Points that a curve is drawn with, and grids that are shown: enough to see, few enough to open quickly. */
    private static final int POINTS = 600;

    private static final int GRIDS = 24;

    private Report() {}

    static String html(RunDirectory run, Recipe recipe) throws IOException {
        ObjectNode data = JSON.createObjectNode();
        JsonNode provenance = run.provenance();
        List<Map<String, Double>> rows = run.metrics().rows();
        data.put("name", recipe.name());
        data.put("shown", recipe.rules().samples());
        data.put("about", about(recipe, provenance));
        data.put(
                "when",
                "begun "
                        + provenance
                                .path("started")
                                .asText("?")
                                .replace("T", " ")
                                .replace("Z", " UTC"));
        data.put("steps", recipe.train().steps());
        data.put("speed", rows.isEmpty() ? 0 : rows.get(rows.size() - 1).getOrDefault("examples_per_second", 0.0));
        data.set("metrics", JSON.valueToTree(thinned(rows)));
        ArrayNode samples = data.putArray("samples");
        for (Path sample : spread(run.samples())) {
            samples.addObject().put("step", RunDirectory.stepOf(sample)).put("png", png(sample));
        }
        data.set("evaluations", JSON.valueToTree(run.evaluations()));
        Path sheet = run.path().resolve(RunDirectory.EVALUATION_SHEET);
        if (Files.exists(sheet)) {
            data.put("sheet", png(sheet));
        }
        data.put("recipe", recipe.toYaml());
        data.put("provenance", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(provenance));
        // "</script>" or "<!--<script>" inside a string would end the page's script element or keep it from ending
        return template().replace("@DATA@", JSON.writeValueAsString(data).replace("<", "\\u003c"));
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

    private static String template() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("report.html")) {
            if (in == null) {
                throw new IllegalStateException("the jar of gander-core lacks report.html");
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
