package io.gander.cli;

import io.gander.train.Outcome;
import io.gander.train.TrainListener;

/** A listener that prints. */
interface Watcher extends TrainListener {
    /** What the shell gives for a program that Ctrl-C ended. */
    int INTERRUPTED = 130;

    static int status(Outcome outcome) {
        return outcome.end() == Outcome.End.STOPPED ? INTERRUPTED : 0;
    }
}
