package io.gander.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command of this process gave.
 *
 * @param status the exit status
 * @param out standard output
 * @param err standard error
 */
record Cli(int status, String out, String err) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Cli gander(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(err), words);
        Interrupt.release(); // or the end of this JVM would wait for a save
        return new Cli(status, out.toString(), err.toString());
    }

    List<String> errors() {
        return err.lines().toList();
    }

    JsonNode json() throws IOException {
        return JSON.readTree(out);
    }

    /** Standard output as JSON, one value a line. */
    List<JsonNode> jsonLines() throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String line : out.lines().toList()) {
            values.add(JSON.readTree(line));
        }
        return values;
    }
}
