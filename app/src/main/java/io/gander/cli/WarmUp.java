package io.gander.cli;

import java.io.PrintWriter;
import java.io.Writer;

/** Loads the classes that most commands use, once, so that the launcher can archive them for faster starts. */
final class WarmUp {
    private WarmUp() {}

    public static void main(String[] args) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Main.run(nowhere, nowhere, "--help");
        Main.run(nowhere, nowhere, "describe", "mnist-mlp");
        Main.run(nowhere, nowhere, "doctor");
    }
}
