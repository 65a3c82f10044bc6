package io.gander.train;

import io.gander.data.Datasets;
import io.gander.data.Split;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.game.GameOptions;
import io.gander.game.Round;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.run.Checkpoint;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import io.gander.tensor.Engine;
import io.gander.tensor.Profile;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The loop. It plays rounds of a game it knows nothing about, has them recorded, and does what is asked of it in between. */
public final class Trainer {
    /** What the guard remembers, in a checkpoint. */
    private static final String GUARD = "guard";

    private final LiveGame live;
    private final Recorder recorder;
    private final Guard guard;
    private final Clock clock;
    private final Control control;
    private boolean interrupted;

    private Trainer(
            LiveGame live, RunDirectory run, double seconds, Precision asked, Control control, TrainListener listener) {
        this.live = live;
        this.guard = new Guard(live.recipe().train().steps());
        this.clock = new Clock(seconds, live.recipe().train().batch());
        this.recorder = new Recorder(live, run, clock, Bfloat16.describe(asked), listener);
        this.control = control;
    }

    /**
     * Trains from the start.
     *
     * <p>A thread that is interrupted stops as by {@link Control#stop}: with a checkpoint, and with its mark set again.
     *
     * @param directory empty or not there yet
     * @throws UserError if the recipe, the data or the directory will not do
     * @throws Diverged if a loss or a weight became NaN or infinite
     * @throws java.util.concurrent.CancellationException if it was asked to stop while data was decoded
     */
    public static Outcome train(Recipe asked, Path directory, Control control, TrainListener... listeners) {
        Engine.load();
        Recipe recipe = Preflight.settled(Datasets.placed(asked));
        Preflight.useThreads(recipe);
        GameOptions.of(recipe).check(recipe);
        Listeners all = new Listeners(listeners);
        EventLog log = new EventLog();
        all.add(log);
        Preflight.lookAtPrecision(recipe, all);
        List<Split> data = Datasets.split(recipe.data(), all.ofData(), control::stopped);
        Map<String, Object> codec = Preflight.codec(recipe, data.get(0).training());
        try (LiveGame live = new LiveGame(recipe, data)) {
            Preflight.requireSpace(directory, live.game(), recipe);
            RunDirectory run = RunDirectory.create(directory, recipe, Preflight.provenance(recipe, data), codec);
            log.begin(run);
            return locked(run, () -> new Trainer(live, run, 0, asked.train().precision(), control, all).playFrom(0));
        }
    }

    /**
     * Goes on from a run's newest whole checkpoint, to the same bits as a run that never stopped (same machine, same
     * number of threads).
     *
     * @param recipe the run's own, perhaps with more steps; any change to what a step computes is refused
     * @throws UserError if the recipe or the run will not do
     * @throws Diverged as {@link #train}
     */
    public static Outcome resume(RunDirectory run, Recipe recipe, Control control, TrainListener... listeners) {
        Engine.load();
        // before anything is read: a process that trains here replaces the checkpoints
        return locked(run, () -> goOn(run, recipe, control, listeners));
    }

    private static Outcome goOn(RunDirectory run, Recipe asked, Control control, TrainListener... told)
            throws IOException {
        Recipe recipe = Preflight.settled(asked);
        EventLog log = new EventLog();
        log.begin(run);
        Listeners listeners = new Listeners(told);
        listeners.add(log);
        Preflight.useThreads(recipe);
        Preflight.lookAtPrecision(recipe, listeners);
        Precision precision = asked.train().precision();
        if (Preflight.endedBeforeItsFirstCheckpoint(run)) {
            listeners.on(new Event.Warning("this run ended before its first checkpoint: beginning again."));
            List<Split> data = Datasets.split(recipe.data(), listeners.ofData(), control::stopped);
            try (LiveGame live = new LiveGame(recipe, data)) {
                return new Trainer(live, run, 0, precision, control, listeners).playFrom(0);
            }
        }
        Checkpoint checkpoint = run.newestWholeCheckpoint(sentence -> listeners.on(new Event.Warning(sentence)));
        Preflight.requireSameSteps(run, checkpoint, recipe);
        Preflight.tellOfLostSteps(run, checkpoint, new Listeners(told)); // which leaves no trace in the run
        List<Split> data = Datasets.split(recipe.data(), listeners.ofData(), control::stopped);
        Preflight.compare(run, checkpoint, recipe, data, listeners);
        try (LiveGame live = new LiveGame(recipe, data)) {
            checkpoint.restore(live.game().state().tensors());
            Trainer trainer = new Trainer(live, run, checkpoint.seconds(), precision, control, listeners);
            trainer.guard.trust(checkpoint.step());
            trainer.guard.restore(checkpoint.facts().path(GUARD));
            return trainer.playFrom(checkpoint.step());
        }
    }

    private static Outcome locked(RunDirectory run, Callable<Outcome> training) {
        try (AutoCloseable lock = run.lock()) {
            return training.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw Faults.cannotWrite(
                    "to " + run.path(), e, "then go on (" + ShellCommand.of("resume", run.path()) + ")");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TrainRecipe train() {
        return live.recipe().train();
    }

    private GameOptions rules() {
        return GameOptions.of(live.recipe());
    }

    private Outcome playFrom(long from) throws IOException {
        heedInterruption(); // perhaps from before
        try {
            return playOn(from);
        } catch (Diverged e) {
            recorder.diverged(e);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome playOn(long from) throws IOException {
        recorder.begin(from);
        if (from == 0) {
            checkpoint(0); // so that from here on nothing can end the run without one
            recorder.sample(0);
        }
        recorder.report();
        clock.start();
        long step = from;
        Outcome.End end = endAt(step);
        while (end == null) {
            step = play(step + 1);
            end = endAt(step);
        }
        if (!recorder.checkpointed(step)) {
            checkpoint(step);
        }
        return recorder.end(step, end);
    }

    /** Takes an interruption as a wish to stop, and takes away the thread's mark, which would keep files from being written. */
    private void heedInterruption() {
        if (Thread.interrupted()) {
            interrupted = true;
            control.stop();
        }
    }

    /** Why the training ends after a step; null if it goes on. Does what else is asked. */
    private Outcome.@Nullable End endAt(long step) throws IOException {
        if (step >= train().steps()) {
            return Outcome.End.FINISHED;
        }
        for (Control.Order order = order(); order != Control.Order.PLAY; order = order()) {
            if (order == Control.Order.STOP) {
                return Outcome.End.STOPPED;
            } else if (order == Control.Order.SAMPLE) {
                recorder.sample(step);
            } else if (!recorder.checkpointed(step)) {
                checkpoint(step);
            }
        }
        boolean late =
                !train().time().isZero() && clock.seconds() >= train().time().toSeconds();
        return late ? Outcome.End.OUT_OF_TIME : null;
    }

    /** What is asked for next; the clock stands while the training is paused. */
    private Control.Order order() {
        long since = System.nanoTime();
        Control.Order order = control.next();
        clock.skip(System.nanoTime() - since);
        return order;
    }

    /**
     * Plays a round and keeps record of it.
     *
     * @return the step from which to go on: this one, or an earlier one that the guard went back to
     */
    private long play(long step) throws IOException {
        boolean last = step == train().steps();
        boolean judge = step % rules().measureEvery() == 0 || last;
        boolean measure = step % train().logEvery() == 0 || judge;
        try {
            Round round = live.game().play(step, measure);
            heedInterruption();
            recorder.check(round, step);
            clock.tick();
            Guard.Finding finding = record(round, step, measure, judge);
            return finding == null || last ? step : respond(finding, step);
        } catch (Diverged e) {
            if (rules().guard() != GameOptions.Guarding.ACT || !guard.mayAct(Guard.Trouble.DIVERGED)) {
                throw e;
            }
            return goBack(new Guard.Finding(Guard.Trouble.DIVERGED, String.valueOf(e.getMessage())), step);
        }
    }

    private Guard.@Nullable Finding record(Round round, long step, boolean measure, boolean judge) throws IOException {
        try (Profile.Section section = Profile.closed(Profiler.RECORD)) {
            Guard.Finding finding = measure ? measure(round, step, judge) : null;
            recorder.step(step);
            heedInterruption(); // perhaps a listener's
            if (step % train().sampleEvery() == 0) {
                recorder.sample(step);
            }
            boolean good = judge && finding == null && rules().guard() == GameOptions.Guarding.ACT; // to go back to
            if (step % train().checkpointEvery() == 0 || step == rules().stage() || good) {
                checkpoint(step);
                recorder.report();
            }
            return finding;
        }
    }

    /** Logs a round's metrics, and what is wrong by them; null if nothing is. */
    private Guard.@Nullable Finding measure(Round round, long step, boolean judge) throws IOException {
        Map<String, Double> row = new LinkedHashMap<>();
        round.losses().forEach((player, loss) -> row.put("loss_" + player, loss));
        row.putAll(round.metrics());
        guard.observe(row);
        Guard.Finding finding = null;
        if (judge) {
            row.putAll(live.game().measures());
            finding = guard.look(step, row);
        }
        recorder.metrics(step, row);
        return finding;
    }

    /** Says what is wrong, and goes back if the recipe wants that. */
    private long respond(Guard.Finding finding, long step) throws IOException {
        if (rules().guard() == GameOptions.Guarding.ACT) {
            return guard.mayAct(finding.trouble()) ? goBack(finding, step) : step;
        }
        if (rules().guard() == GameOptions.Guarding.WATCH && guard.isNews(finding)) {
            recorder.warn(step, finding.withRemedies(live.recipe()) + ".");
        }
        return step;
    }

    /** Goes on from the last step that was in order, by a changed recipe. */
    private long goBack(Guard.Finding finding, long step) throws IOException {
        Checkpoint back = recorder.checkpointUpTo(guard.healthy());
        Guard.Change change = guard.change(live.recipe(), finding);
        live.change(change.recipe());
        back.restore(live.game().state().tensors());
        recorder.rewindTo(back.step());
        guard.trust(back.step());
        checkpoint(back.step()); // under the new recipe
        recorder.warn(step, finding.sentence() + ". Went back to step " + back.step() + ": " + change.what() + ".");
        return back.step();
    }

    /** An interruption while it is written spoils the attempt; once heeded, the next one is whole. */
    private void checkpoint(long step) throws IOException {
        try {
            write(step);
        } catch (ClosedByInterruptException e) {
            heedInterruption();
            write(step);
        }
    }

    private void write(long step) throws IOException {
        boolean guarded = rules().guard() == GameOptions.Guarding.ACT;
        recorder.checkpoint(step, guarded ? Map.of(GUARD, guard.state()) : Map.of());
    }
}
