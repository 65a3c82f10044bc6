package io.gander.cli;

import io.gander.train.BackgroundListener;
import io.gander.train.Outcome;
import io.gander.train.TrainListener;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** How a training is watched: a progress bar, or events with {@code --json}. */
final class Watch extends Console {
    @Option(names = "--json", description = "print one JSON object per line instead of a progress bar")
    boolean json;

    /** Runs a training with a listener that prints; a terminal or a pipe that takes nothing does not hold it up. */
    Outcome over(Function<TrainListener, Outcome> training) {
        TrainListener watcher = json ? new JsonWatcher(out()) : new TextWatcher(out(), Terminal.detect());
        try (BackgroundListener background = new BackgroundListener(watcher)) {
            return training.apply(background);
        }
    }
}
