package io.gander.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.data.Datasets;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.game.Game;
import io.gander.game.Games;
import io.gander.game.Round;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.run.Checkpoint;
import io.gander.run.Provenance;
import io.gander.run.RunDirectory;
import io.gander.tensor.Engine;
import io.gander.tensor.Profile;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The loop. It plays rounds of a game it knows nothing about, and keeps the run directory. */
public final class Trainer {
    /** What the guard remembers, in a checkpoint. */
    private static final String GUARD = "guard";

    private final Table table;
    private final RunDirectory run;
    private final Guard guard;
    private final TrainListener listener;
    private final BooleanSupplier stop;
    private final Clock clock;
    private Map<String, Double> metrics = Map.of();
    private long checkpointed;
    private long sampled = -1;

    private Trainer(Table table, RunDirectory run, Clock clock, TrainListener listener, BooleanSupplier stop) {
        this.table = table;
        this.guard = new Guard(table.recipe().train().steps());
        this.run = run;
        this.clock = clock;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains from the start.
     *
     * @param directory empty or not there yet
     * @param stop asked after every round; true saves and ends
     * @throws UserError if the recipe, the data or the directory will not do
     * @throws Diverged if a loss or a weight became NaN or infinite
     */
    public static Outcome train(Recipe asked, Path directory, TrainListener listener, BooleanSupplier stop) {
        Recipe recipe = Datasets.placed(asked);
        useThreads(recipe);
        Games.check(recipe);
        List<Split> data = Datasets.split(recipe.data(), listener, stop);
        recipe = Games.labelled(recipe, data.get(0).training());
        try (Table table = new Table(recipe, data)) {
            requireSpace(directory, table.game(), recipe);
            RunDirectory run = RunDirectory.create(directory, recipe, provenance(recipe, data));
            Clock clock = new Clock(0, recipe.train().batch());
            Trainer trainer = new Trainer(table, run, clock, listener, stop);
            return locked(run, () -> trainer.playFrom(0));
        }
    }

    /**
     * Goes on from a run's newest whole checkpoint, to the same bits as a run that never stopped (same machine, same
     * number of threads).
     *
     * @param recipe the run's own, perhaps with more steps; any change to what a step computes is refused
     */
    public static Outcome resume(RunDirectory run, Recipe recipe, TrainListener listener, BooleanSupplier stop) {
        // before anything is read: a process that trains here replaces the checkpoints
        return locked(run, () -> goOn(run, recipe, listener, stop));
    }

    private static Outcome goOn(RunDirectory run, Recipe recipe, TrainListener listener, BooleanSupplier stop)
            throws IOException {
        useThreads(recipe);
        if (endedBeforeItsFirstCheckpoint(run)) {
            listener.onWarning("this run ended before its first checkpoint: beginning again.");
            try (Table table = new Table(recipe, Datasets.split(recipe.data(), listener, stop))) {
                Clock clock = new Clock(0, recipe.train().batch());
                return new Trainer(table, run, clock, listener, stop).playFrom(0);
            }
        }
        Checkpoint checkpoint = run.newestCheckpoint(listener::onWarning);
        List<String> differences = recipe.differencesFrom(checkpoint.recipe());
        if (!differences.isEmpty()) {
            throw new UserError("the recipe differs from the one that " + run.path() + " was trained with: "
                    + String.join("; ", differences) + ". Put these back, or train a new run.");
        }
        List<Split> data = Datasets.split(recipe.data(), listener, stop);
        warnOfOtherConditions(run, data, listener);
        warnOfOtherSchedule(checkpoint, recipe, listener);
        try (Table table = new Table(recipe, data)) {
            checkpoint.restore(table.game().state());
            Clock clock = new Clock(checkpoint.seconds(), recipe.train().batch());
            Trainer trainer = new Trainer(table, run, clock, listener, stop);
            trainer.guard.trust(checkpoint.step());
            checkpoint.values(GUARD).values().forEach(trainer.guard::restore); // one, or none
            return trainer.playFrom(checkpoint.step());
        }
    }

    /** Then a new beginning loses nothing; where checkpoints were lost later, the user shall hear of it instead. */
    private static boolean endedBeforeItsFirstCheckpoint(RunDirectory run) {
        return !run.hasCheckpoint() && run.metrics().rows().isEmpty();
    }

    private static void useThreads(Recipe recipe) {
        int threads = recipe.train().threads();
        Engine.threads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    private static Map<String, Object> provenance(Recipe recipe, List<Split> data) {
        Map<String, Object> facts = facts(data.get(0));
        if (data.size() > 1) {
            facts.put("second", facts(data.get(1)));
        }
        return Provenance.collect(recipe.train().seed(), facts);
    }

    private static Map<String, Object> facts(Split split) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", split.training().name());
        facts.put("count", split.training().count());
        facts.put("held_out", split.heldOut().count());
        facts.put("left_out", split.training().broken());
        facts.put("sha256", split.training().fingerprint());
        return facts;
    }

    /** A checkpoint is written beside the older ones, so one more than will be kept must fit. */
    private static void requireSpace(Path directory, Game game, Recipe recipe) {
        long state = game.state().values().stream().mapToLong(Tensor::count).sum() * Float.BYTES;
        TrainRecipe train = recipe.train();
        long written = train.steps() / train.checkpointEvery() + 2L; // the first and the last step have theirs
        int stage = train.pretrainSteps() > 0 ? 1 : 0; // whose checkpoint stays beside the newest
        long need = state * (Math.min(train.keepCheckpoints() + stage, written + stage) + 1) + (16L << 20);
        Path existing = directory.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            long free = existing == null
                    ? Long.MAX_VALUE
                    : Files.getFileStore(existing).getUsableSpace();
            if (free < need) {
                throw new UserError("too little disk for " + directory + ": the run needs about " + (need >> 20)
                        + " MB, " + (free >> 20) + " MB are free. Make room, or set train.keep-checkpoints=1.");
            }
        } catch (IOException e) {
            throw new UserError("cannot tell how much disk is free for " + directory + " (" + e.getMessage() + ").", e);
        }
    }

    private static void warnOfOtherConditions(RunDirectory run, List<Split> data, TrainListener listener) {
        JsonNode before = run.provenance().path("data");
        if (changed(before, data.get(0)) || (data.size() > 1 && changed(before.path("second"), data.get(1)))) {
            boolean anyHeldOut = data.stream().anyMatch(split -> split.heldOut().count() > 0);
            listener.onWarning("the data changed since this run began: going on with the new pictures"
                    + (anyHeldOut ? "; some of those now held out were learnt from." : "."));
        }
        int threads = run.provenance().path("machine").path("threads").asInt(Engine.threads());
        if (threads != Engine.threads()) {
            listener.onWarning("this run began with " + threads + " threads and goes on with " + Engine.threads()
                    + ": results will differ in their last digits.");
        }
    }

    private static boolean changed(JsonNode facts, Split split) {
        String now = split.training().fingerprint();
        return !facts.path("sha256").asText(now).equals(now);
    }

    private static void warnOfOtherSchedule(Checkpoint checkpoint, Recipe recipe, TrainListener listener) {
        TrainRecipe train = recipe.train();
        String steps = String.valueOf(train.steps());
        String before = checkpoint.recipe().getOrDefault("train.steps", steps);
        boolean constant = Stream.of(train.generator(), train.discriminator())
                .allMatch(player -> player.schedule() == OptimizerRecipe.Schedule.CONSTANT);
        if (!constant && !before.equals(steps)) {
            listener.onWarning("the schedule of the learning rate now ends at step " + steps + ", not " + before
                    + ": the steps already played followed the old one.");
        }
    }

    private static Outcome locked(RunDirectory run, Callable<Outcome> training) {
        try (AutoCloseable lock = run.lock()) {
            return training.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UserError(
                    "cannot write to " + run.path() + " (" + e.getMessage()
                            + "): is the disk full? Make room, then 'gander resume " + run.path() + "'.",
                    e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TrainRecipe train() {
        return table.recipe().train();
    }

    private Outcome playFrom(long from) throws IOException {
        run.rewindTo(from, train().keepCheckpoints());
        run.writeRecipe(table.recipe());
        long step = from;
        checkpointed = from;
        listener.onStart(summary(), run.path(), from, train().steps());
        if (from == 0) {
            checkpoint(0); // so that from here on nothing can end the run without one
            sample(0);
        }
        Outcome.End end = Outcome.End.FINISHED;
        clock.start();
        while (step < train().steps()) {
            if (stop.getAsBoolean()) {
                end = Outcome.End.STOPPED;
                break;
            }
            if (!train().time().isZero() && clock.seconds() >= train().time().toSeconds()) {
                end = Outcome.End.OUT_OF_TIME;
                break;
            }
            step = play(step + 1);
        }
        if (step > checkpointed) {
            checkpoint(step);
        }
        if (sampled != step) {
            sample(step);
        }
        run.report(table.recipe());
        run.animate();
        boolean translates = table.recipe().game() != Recipe.Game.NOISE;
        Outcome outcome = new Outcome(run.path(), step, train().steps(), clock.seconds(), end, translates);
        listener.onEnd(outcome);
        return outcome;
    }

    /**
     * Plays a round and keeps record of it.
     *
     * @return the step from which to go on: this one, or an earlier one that the guard went back to
     */
    private long play(long step) throws IOException {
        boolean last = step == train().steps();
        boolean judge = step % train().measureEvery() == 0 || last;
        boolean measure = step % train().logEvery() == 0 || judge;
        try {
            Round round = table.game().play(step, measure);
            guard(round, step);
            Guard.Finding finding = keepRecord(round, step, measure, judge);
            return finding == null || last ? step : respond(finding, step);
        } catch (Diverged e) {
            if (table.recipe().guard() != Recipe.Guarding.ACT || !guard.mayAct(Guard.Trouble.DIVERGED)) {
                throw e;
            }
            return goBack(new Guard.Finding(Guard.Trouble.DIVERGED, String.valueOf(e.getMessage())), step);
        }
    }

    private Guard.@Nullable Finding keepRecord(Round round, long step, boolean measure, boolean judge)
            throws IOException {
        clock.tick();
        try (Profile.Section section = Profile.closed(Profiler.RECORD)) {
            return record(round, step, measure, judge);
        }
    }

    private Guard.@Nullable Finding record(Round round, long step, boolean measure, boolean judge) throws IOException {
        Guard.Finding finding = null;
        if (measure) {
            Map<String, Double> row = new LinkedHashMap<>();
            round.losses().forEach((player, loss) -> row.put("loss_" + player, loss));
            row.putAll(round.metrics());
            guard.observe(row);
            if (judge && table.recipe().game() == Recipe.Game.NOISE) {
                row.putAll(table.game().measures());
                finding = guard.look(step, row);
            }
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(row));
            row.put("images_per_second", clock.imagesPerSecond());
            row.put("seconds", clock.seconds());
            run.metrics().append(step, row);
            listener.onMetrics(progress(step));
        }
        listener.onStep(progress(step));
        if (step % train().sampleEvery() == 0) {
            sample(step);
        }
        boolean good = judge && finding == null && table.recipe().guard() == Recipe.Guarding.ACT; // to go back to
        if (step % train().checkpointEvery() == 0 || step == train().pretrainSteps() || good) {
            checkpoint(step);
            run.report(table.recipe());
        }
        return finding;
    }

    /** Says what is wrong, and goes back if the recipe wants that. */
    private long respond(Guard.Finding finding, long step) throws IOException {
        if (table.recipe().guard() == Recipe.Guarding.ACT) {
            return guard.mayAct(finding.trouble()) ? goBack(finding, step) : step;
        }
        if (table.recipe().guard() == Recipe.Guarding.WATCH && guard.isNews(finding)) {
            note(step, finding.sentence() + ".");
        }
        return step;
    }

    /** Goes on from the last step that was in order, by a changed recipe. */
    private long goBack(Guard.Finding finding, long step) throws IOException {
        Checkpoint back = run.checkpointUpTo(guard.healthy());
        Guard.Change change = guard.change(table.recipe(), finding);
        table.change(change.recipe());
        back.restore(table.game().state());
        run.rewindTo(back.step(), train().keepCheckpoints());
        run.writeRecipe(table.recipe());
        guard.trust(back.step());
        checkpoint(back.step()); // under the new recipe
        note(step, finding.sentence() + ". Went back to step " + back.step() + ": " + change.what() + ".");
        return back.step();
    }

    private void note(long step, String sentence) throws IOException {
        run.note(step, sentence);
        listener.onWarning("step " + step + ": " + sentence);
    }

    private Progress progress(long step) {
        double rate = clock.imagesPerSecond() / train().batch();
        double left = rate > 0 ? (train().steps() - step) / rate : Double.NaN;
        return new Progress(step, train().steps(), clock.seconds(), clock.imagesPerSecond(), left, metrics);
    }

    private void guard(Round round, long step) throws IOException {
        for (Map.Entry<String, Double> loss : round.losses().entrySet()) {
            if (!Double.isFinite(loss.getValue())) {
                boolean players = loss.getKey().matches("(generator|discriminator).*");
                String whose = "the " + loss.getKey() + (players ? "'s loss" : " loss");
                throw diverged(whose + " became " + loss.getValue(), step);
            }
        }
    }

    /** Losses are measured before the players move, so a move that broke a weight shows only here. */
    private void guard(Map<String, Tensor> state, long step) throws IOException {
        for (Map.Entry<String, Tensor> entry : state.entrySet()) {
            if (!entry.getValue().isFinite()) {
                String player = entry.getKey().replaceFirst("^optimizer\\.", "").replaceFirst("\\..*", "");
                throw diverged("the " + player + "'s weights became NaN or infinite (" + entry.getKey() + ")", step);
            }
        }
    }

    /** The cure names every player: a player whose own move went wrong spoils the other's loss first. */
    private Diverged diverged(String what, long step) throws IOException {
        run.report(table.recipe());
        return new Diverged(what + " at step " + step
                + "; stopped. The last good checkpoint is step " + checkpointed + " in " + run.path()
                + ". Try a lower lr, or a clip, in train.generator or train.discriminator.");
    }

    private void sample(long step) throws IOException {
        run.sample(step, table.game().sample(train().samples()).grid(0));
        sampled = step;
        List<Path> samples = run.samples();
        listener.onSample(step, samples.get(samples.size() - 1));
    }

    private void checkpoint(long step) throws IOException {
        table.game().settle();
        Map<String, Tensor> state = new LinkedHashMap<>(table.game().state());
        guard(state, step);
        try (Scope scope = Scope.open()) {
            if (table.recipe().guard() == Recipe.Guarding.ACT) {
                state.put(GUARD, guard.state());
            }
            Checkpoint written = run.checkpoint(step, clock.seconds(), table.recipe(), state);
            checkpointed = step;
            listener.onCheckpoint(step, written.folder());
        }
    }

    private String summary() {
        return Engine.device() + " · " + Engine.threads() + (Engine.threads() == 1 ? " thread" : " threads") + " · "
                + table.game().describe();
    }
}
