package io.gander.train;

import io.gander.data.DataListener;
import java.nio.file.Path;

/** Hears how a training goes. Every method may be left out; all are called on the training thread. */
public interface TrainListener extends DataListener {
    /** Hears nothing. */
    TrainListener SILENT = new TrainListener() {};

    /**
     * Before the first round.
     *
     * @param summary device, threads, parameters, data: a line
     * @param from the step that was already done; 0 for a new run
     */
    default void onStart(String summary, Path run, long from, long steps) {}

    /** After every round. */
    default void onStep(Progress progress) {}

    /** After the metrics of a round were logged. */
    default void onMetrics(Progress progress) {}

    /** A grid of samples was saved. */
    default void onSample(long step, Path picture) {}

    /** A checkpoint is whole on the disk. */
    default void onCheckpoint(long step, Path folder) {}

    /** After the last round, or when the training was asked to stop. */
    default void onEnd(Outcome outcome) {}
}
