package io.gander.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gander export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a trained generator as a file that others read.")
final class ExportCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
