package io.gander.cli;

import picocli.CommandLine.Option;

/** Whether a command takes the moving average of a run's weights. */
final class Ema {
    @Option(names = "--no-ema", description = "use the newest weights instead of their moving average")
    boolean none;

    boolean average() {
        return !none;
    }
}
