package io.gander.cli;

import io.gander.run.RunDirectory;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The run directory that a command works on. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RunArgument {
    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    RunDirectory open() {
        return RunDirectory.open(directory);
    }
}
