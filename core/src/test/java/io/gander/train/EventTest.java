package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs read these names. */
class EventTest {
    private static final Progress PROGRESS = new Progress(3, 10, 1.5, 64, 9, Map.of("loss_generator", 0.25));

    static List<Arguments> events() {
        Path run = Path.of("run");
        Outcome outcome = new Outcome(run, 10, 10, 2.5, Outcome.End.OUT_OF_TIME, false);
        return List.of(
                Arguments.of(new Event.Preparing(7, -1), "'event':'preparing','done':7,'total':-1"),
                Arguments.of(
                        new Event.Started("cpu · 1 thread", run, 0, 10),
                        "'event':'start','summary':'cpu · 1 thread','run':'run','step':0,'steps':10"),
                Arguments.of(
                        new Event.Stepped(PROGRESS),
                        "'event':'step','step':3,'steps':10,'seconds':1.5,'examples_per_second':64.0"),
                Arguments.of(
                        new Event.Metrics(PROGRESS),
                        "'event':'metrics','step':3,'steps':10,'seconds':1.5,'examples_per_second':64.0,'loss_generator':0.25"),
                Arguments.of(new Event.Sample(3, Path.of("s.png")), "'event':'sample','step':3,'file':'s.png'"),
                Arguments.of(new Event.CheckpointSaved(3, Path.of("c")), "'event':'checkpoint','step':3,'folder':'c'"),
                Arguments.of(new Event.Warning("Mind."), "'event':'warning','message':'Mind.'"),
                Arguments.of(
                        new Event.Warning(OptionalLong.of(3), "Mind."), "'event':'warning','step':3,'message':'Mind.'"),
                Arguments.of(new Event.Diverged(3, "Stopped."), "'event':'diverged','step':3,'message':'Stopped.'"),
                Arguments.of(
                        new Event.Ended(outcome),
                        "'event':'end','run':'run','step':10,'steps':10,'seconds':2.5,'end':'out_of_time'"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasOneForm(Event event, String json) throws JsonProcessingException {
        assertThat(new ObjectMapper().writeValueAsString(event.json())).isEqualTo("{" + json.replace('\'', '"') + "}");
    }
}
