package io.gander.cli;

import picocli.CommandLine.Option;

/** Makes what is random in a command. */
final class Seed {
    @Option(names = "--seed", paramLabel = "N", description = "of random numbers; default ${DEFAULT-VALUE}")
    long value = 1;
}
