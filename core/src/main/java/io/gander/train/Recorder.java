package io.gander.train;

import io.gander.game.GameOptions;
import io.gander.game.GameState;
import io.gander.game.Round;
import io.gander.image.Apng;
import io.gander.image.PngWriter;
import io.gander.recipe.TrainRecipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Engine;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Keeps record of a game in the run directory, and tells those who listen. Refuses to keep what is not a number. */
final class Recorder {
    /** How long training.png shows a grid. */
    private static final int FRAME_MILLISECONDS = 250;

    /** Nanoseconds between reports at least, and how many times as long as one takes to write. */
    private static final long REPORT_EVERY = 10_000_000_000L;

    private static final int REPORT_SHARE = 50;

    private final LiveGame live;
    private final RunDirectory run;
    private final Clock clock;
    private final String precision;
    private final TrainListener listener;
    private Map<String, Double> metrics = Map.of();
    private long checkpointed;
    private long sampled = -1;
    private long reportDue;

    /**
     * @param clock stands still until the first round
     * @param precision of the networks' products and why, for people
     */
    Recorder(LiveGame live, RunDirectory run, Clock clock, String precision, TrainListener listener) {
        this.live = live;
        this.run = run;
        this.clock = clock;
        this.precision = precision;
        this.listener = listener;
    }

    /** What is recorded next follows a step: what was of later ones goes. */
    void begin(long from) throws IOException {
        rewindTo(from);
        checkpointed = from;
        String threads = Engine.threads() + (Engine.threads() == 1 ? " thread" : " threads");
        String summary = Engine.device() + " · " + threads + " · " + precision + " · "
                + live.game().describe();
        listener.on(new Event.Started(summary, run.path(), from, train().steps()));
    }

    /** Drops what came after a step, and writes the recipe as it is now. */
    void rewindTo(long step) throws IOException {
        sampled = -1;
        run.rewindTo(step, train().keepCheckpoints());
        run.writeRecipe(live.recipe());
    }

    /** The newest checkpoint of a step that was in order. */
    Checkpoint checkpointUpTo(long step) {
        return run.checkpointUpTo(step, warning -> listener.on(new Event.Warning(warning)));
    }

    /**
     * Looks at the losses of a round.
     *
     * @throws Diverged if one is not finite
     */
    void check(Round round, long step) throws IOException {
        for (Map.Entry<String, Double> loss : round.losses().entrySet()) {
            if (!Double.isFinite(loss.getValue())) {
                boolean player = round.players().contains(loss.getKey());
                String whose = "the " + loss.getKey() + (player ? "'s loss" : " loss");
                throw diverged(whose + " became " + loss.getValue(), step);
            }
        }
    }

    /** Losses are measured before the players move, so a move that broke a weight shows only here. */
    private void check(GameState state, long step) throws IOException {
        for (GameState.Part part : state.parts()) {
            for (Map.Entry<String, Tensor> entry : part.tensors().entrySet()) {
                if (!entry.getValue().isFinite()) {
                    String name = entry.getKey();
                    throw diverged("the " + part.owner() + "'s weights became NaN or infinite (" + name + ")", step);
                }
            }
        }
    }

    /** The cure names every player: a player whose own move went wrong spoils the other's loss first. */
    private Diverged diverged(String what, long step) {
        return new Diverged(
                what + " at step " + step
                        + "; stopped. The last good checkpoint is step " + checkpointed + " in " + run.path()
                        + ". Try a lower lr, or a clip, in train.generator or train.discriminator.",
                step);
    }

    /** Logs what was measured of a round and of the samples after it. */
    void metrics(long step, Map<String, Double> measured) throws IOException {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
        Map<String, Double> row = new LinkedHashMap<>(measured);
        row.put("examples_per_second", clock.examplesPerSecond());
        row.put("seconds", clock.seconds());
        run.metrics().append(step, row);
        listener.on(new Event.Metrics(progress(step)));
        if (System.nanoTime() - reportDue >= 0) {
            report();
        }
    }

    void step(long step) {
        listener.on(new Event.Stepped(progress(step)));
    }

    private Progress progress(long step) {
        double left = step > 0 ? clock.seconds() / step * (train().steps() - step) : Double.NaN;
        return new Progress(step, train().steps(), clock.seconds(), clock.examplesPerSecond(), left, metrics);
    }

    void sample(long step) throws IOException {
        run.sample(step, PngWriter.encode(live.game().sample(train().samples()), Map.of()));
        sampled = step;
        List<Path> samples = run.samples();
        listener.on(new Event.Sample(step, samples.get(samples.size() - 1)));
    }

    /**
     * Saves the game's state.
     *
     * @param facts what else is needed to go on, as JSON
     * @throws Diverged if a weight is not finite
     */
    void checkpoint(long step, Map<String, Object> facts) throws IOException {
        live.game().settle();
        GameState state = live.game().state();
        check(state, step);
        boolean stage = step > 0 && step == GameOptions.of(live.recipe()).stage();
        Checkpoint written = run.checkpoint(step, clock.seconds(), live.recipe(), state.tensors(), facts, stage);
        checkpointed = step;
        listener.on(new Event.CheckpointSaved(step, written.folder()));
    }

    /** Whether a step has its checkpoint. */
    boolean checkpointed(long step) {
        return checkpointed >= step;
    }

    void warn(long step, String message) {
        listener.on(new Event.Warning(OptionalLong.of(step), message));
    }

    /** Writes the report of a run that goes on; it is written again from time to time. */
    void report() throws IOException {
        long begun = System.nanoTime();
        run.report(live.recipe(), true);
        long now = System.nanoTime();
        reportDue = now + Math.max(REPORT_EVERY, REPORT_SHARE * (now - begun));
    }

    /** Closes the record of a game that cannot go on. */
    void diverged(Diverged end) throws IOException {
        listener.on(new Event.Diverged(end.step(), String.valueOf(end.getMessage())));
        run.report(live.recipe(), false);
    }

    /** Closes the record; everything but a last sample has been kept. */
    Outcome end(long step, Outcome.End end) throws IOException {
        if (sampled != step) {
            sample(step);
        }
        run.report(live.recipe(), false);
        run.animate(frames -> Apng.of(frames, FRAME_MILLISECONDS));
        boolean translates = GameOptions.of(live.recipe()).translates();
        Outcome outcome = new Outcome(run.path(), step, train().steps(), clock.seconds(), end, translates);
        listener.on(new Event.Ended(outcome));
        return outcome;
    }

    private TrainRecipe train() {
        return live.recipe().train();
    }
}
