package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A JVM of its own that runs one command after the other in a folder: many commands, each with the paths that a user in that
 * folder would type, for one start of the engine.
 */
final class Shell implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Child child;

    private Shell(Child child) {
        this.child = child;
    }

    static Shell open(Path folder) throws IOException {
        List<String> words = Child.java();
        words.add(Shell.class.getName());
        return new Shell(Child.converse(folder, words));
    }

    /** Runs a command to its end. */
    Cli gander(List<String> words) throws IOException {
        child.say(JSON.writeValueAsString(words));
        String answer = child.line();
        if (answer.isEmpty()) {
            throw new AssertionError(words + " ended the whole program: " + child.end());
        }
        return JSON.readValue(answer, Cli.class);
    }

    /** Ends it. Nothing may have been said past the commands. */
    @Override
    public void close() throws IOException {
        child.say("");
        assertThat(child.end()).isEqualTo(new Cli(0, "", ""));
    }

    public static void main(String[] none) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String line = commands.readLine(); line != null && !line.isEmpty(); line = commands.readLine()) {
            List<String> words = JSON.readValue(line, new TypeReference<>() {});
            Cli answer = Cli.gander(words.toArray());
            answers.println(JSON.writeValueAsString(
                    Map.of("status", answer.status(), "out", answer.out(), "err", answer.err())));
        }
        System.exit(0); // though commands may have left threads
    }
}
