package io.gander.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.Writer;

/** Loads the classes that most commands use, once, so that the launcher can archive them for faster starts. */
final class WarmUp {
    private WarmUp() {}

    public static void main(String[] args) throws JsonProcessingException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, "--help");
        Main.run(nowhere, nowhere, "describe", "mnist-mlp");
        Main.run(nowhere, nowhere, "doctor");
        ObjectMapper json = new ObjectMapper(); // whatever opens a run reads its JSON: 300 classes
        json.writeValueAsString(json.readTree("{\"a\": [1, 2.5, \"b\", true, null]}"));
    }
}
