package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {
    private final Path file;
    private final Events events;

    EventsTest(@TempDir Path folder) {
        this.file = folder.resolve("events.jsonl");
        this.events = new Events(file);
    }

    @Test
    void aLineThatAKillCutShortIsPassedOver() throws IOException {
        assertThat(events.all()).isEmpty();
        events.append(Map.of("event", "warning"));
        byte[] half = {'{', '"', 'a', (byte) 0xE5, (byte) 0x86}; // of a character of three bytes
        Files.write(file, half, StandardOpenOption.APPEND);
        assertThat(events.all()).singleElement().hasToString("{\"event\":\"warning\"}");
        events.append(Map.of("event", "next"));
        assertThat(events.all()).hasSize(2).last().hasToString("{\"event\":\"next\"}");
    }

    @Test
    void aRunThatGoesOnHasNotDivergedButWarningsStay() throws IOException {
        events.forgetDivergence();
        assertThat(file).doesNotExist();
        events.append(Map.of("event", "warning"));
        events.append(Map.of("event", "diverged"));
        assertThat(Events.isDivergence(events.all().get(1))).isTrue();
        events.forgetDivergence();
        assertThat(file).hasContent("{\"event\":\"warning\"}\n");
    }
}
