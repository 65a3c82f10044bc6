package io.gander.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Where a command prints. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
abstract class Console {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    final PrintWriter out() {
        return command.commandLine().getOut();
    }

    final PrintWriter err() {
        return command.commandLine().getErr();
    }

    final void warn(String sentence) {
        err().println("warning: " + Terminal.plain(sentence));
    }
}
