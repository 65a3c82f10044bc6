package io.gander.cli;

import picocli.CommandLine.Option;

/** Which of a run's weights a command takes. */
final class Weights {
    @Option(names = "--no-ema", description = "the newest weights instead of their moving average")
    boolean newest;

    boolean average() {
        return !newest;
    }
}
