package io.gander.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The file {@code events.jsonl}: what happened to a run, beside its metrics, one JSON object a line. */
final class Events {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIVERGED = "diverged";

    private final Path file;

    Events(Path file) {
        this.file = file;
    }

    /** Adds a line. */
    void append(Map<String, Object> event) throws IOException {
        String line = JSON.writeValueAsString(event) + "\n";
        String start = endsInALine() ? "" : "\n"; // after one that a kill cut short
        Files.writeString(file, start + line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private boolean endsInALine() throws IOException {
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return content.length == 0 || content[content.length - 1] == '\n';
    }

    /** All events, oldest first; a line that was cut short by a kill is passed over. */
    List<JsonNode> all() {
        List<JsonNode> events = new ArrayList<>();
        try {
            if (Files.exists(file)) { // not by readAllLines, which refuses a character that a kill cut in two
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> add(line, events));
            }
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
        return events;
    }

    private static void add(String line, List<JsonNode> events) {
        try {
            JsonNode event = JSON.readTree(line);
            if (event.isObject()) {
                events.add(event);
            }
        } catch (JsonProcessingException e) {
            return; // a line that a kill cut short
        }
    }

    /** Whether an event says that the run ended with numbers that are not finite. */
    static boolean isDivergence(JsonNode event) {
        return event.path("event").asText().equals(DIVERGED);
    }

    /** For a run that goes on: that it diverged is no longer so. The warnings stay. */
    void forgetDivergence() throws IOException {
        List<JsonNode> events = all();
        if (events.removeIf(Events::isDivergence)) {
            StringBuilder kept = new StringBuilder();
            events.forEach(event -> kept.append(event).append('\n'));
            WholeFile.write(file, kept);
        }
    }
}
