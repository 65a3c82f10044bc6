package io.gander.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file {@code metrics.jsonl}: one JSON object a line, each with its step. */
public final class Metrics {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SPEED = "examples_per_second";

    /** What older runs call it. */
    private static final String OLD_SPEED = "images_per_second";

    private final Path file;

    Metrics(Path file) {
        this.file = file;
    }

    /** Adds a line. */
    public void append(long step, Map<String, Double> values) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("step", step);
        row.putAll(values);
        String line = JSON.writeValueAsString(row) + "\n";
        Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All rows; a last line that was cut short by a kill is passed over. */
    public List<Map<String, Double>> rows() {
        List<Map<String, Double>> rows = new ArrayList<>();
        if (!Files.exists(file)) {
            return rows;
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                Map<String, Double> row = row(line);
                if (row.containsKey("step")) {
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
        return rows;
    }

    private static Map<String, Double> row(String line) {
        Map<String, Double> row = new LinkedHashMap<>();
        try {
            JsonNode node = JSON.readTree(line);
            node.properties()
                    .forEach(entry -> row.put(
                            entry.getKey().equals(OLD_SPEED) ? SPEED : entry.getKey(),
                            entry.getValue().asDouble()));
        } catch (JsonProcessingException e) {
            row.clear(); // a line that a kill cut short
        }
        return row;
    }

    /** Drops the rows after a step, which a resumed run will write again. */
    void truncateAfter(long step) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        StringBuilder kept = new StringBuilder();
        for (String line : Files.readString(file).split("\n", -1)) {
            Double at = row(line).get("step");
            if (at != null && at <= step) {
                kept.append(line).append('\n');
            }
        }
        WholeFile.write(file, kept);
    }
}
