package io.gander.cli;

import picocli.CommandLine.Option;

/** How a command answers: for people, or with {@code --json}. */
final class Answer extends Console {
    @Option(names = "--json", description = "print JSON")
    boolean json;
}
