package io.gander.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.data.Dataset;
import io.gander.data.Split;
import io.gander.error.UserError;
import io.gander.file.Disk;
import io.gander.game.Game;
import io.gander.game.GameOptions;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.recipe.TrainRecipe;
import io.gander.run.Checkpoint;
import io.gander.run.Provenance;
import io.gander.run.RunDirectory;
import io.gander.tensor.Bfloat16;
import io.gander.tensor.Engine;
import io.gander.tensor.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is looked at before the first round. */
final class Preflight {
    private Preflight() {}

    /** Sets the engine's threads to those of the recipe. */
    static void useThreads(Recipe recipe) {
        int threads = recipe.train().threads();
        Engine.threads(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
    }

    /** The recipe with the precision that auto means here, so that the run keeps it wherever it goes on. */
    static Recipe settled(Recipe recipe) {
        Precision asked = recipe.train().precision();
        Precision meant = Bfloat16.resolve(asked);
        return meant == asked ? recipe : recipe.with("train.precision", meant.key());
    }

    /** Warns of a precision that costs more here than it saves. */
    static void lookAtPrecision(Recipe recipe, TrainListener listener) {
        if (recipe.train().precision() == Precision.BFLOAT16 && Bfloat16.isEmulated()) {
            listener.on(new Event.Warning(Bfloat16.EMULATED + " train.precision=float32 is faster."));
        }
    }

    /** From what data, by what program and on what machine a run is made. */
    static Map<String, Object> provenance(Recipe recipe, List<Split> data) {
        Map<String, Object> facts = facts(data.get(0));
        if (data.size() > 1) {
            facts.put("second", facts(data.get(1)));
        }
        return Provenance.collect(
                recipe.train().seed(), Bfloat16.describe(recipe.train().precision()), facts);
    }

    /**
     * What is fitted to the data, which a run must know without it.
     *
     * @throws UserError if the game is played with labels and the data has none
     */
    static Map<String, Object> codec(Recipe recipe, Dataset data) {
        Map<String, Object> facts = new LinkedHashMap<>(data.codec().facts());
        facts.put("classes", GameOptions.of(recipe).classes(data));
        return facts;
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

    /**
     * A checkpoint is written beside the older ones, so one more than will be kept must fit.
     *
     * @throws UserError if it does not
     */
    static void requireSpace(Path directory, Game game, Recipe recipe) {
        long state = game.state().tensors().values().stream()
                        .mapToLong(Tensor::count)
                        .sum()
                * Float.BYTES;
        TrainRecipe train = recipe.train();
        long written = train.steps() / train.checkpointEvery() + 2L; // the first and the last step have theirs
        int stage = GameOptions.of(recipe).stage() > 0 ? 1 : 0; // whose checkpoint stays beside the newest
        long need = state * (Math.min(train.keepCheckpoints() + stage, written + stage) + 1) + (16L << 20);
        Disk.require(directory, need, directory.toString(), "set train.keep-checkpoints=1");
    }

    /** Whether a new beginning loses nothing; where checkpoints were lost later, the user shall hear of it instead. */
    static boolean endedBeforeItsFirstCheckpoint(RunDirectory run) {
        return !run.hasCheckpoint() && run.metrics().rows().isEmpty();
    }

    /**
     * Refuses to go on by a recipe whose steps are others, or whose end is past.
     *
     * @throws UserError if so, naming each difference
     */
    static void requireSameSteps(RunDirectory run, Checkpoint checkpoint, Recipe recipe) {
        List<String> differences = recipe.differencesFrom(checkpoint.recipe());
        if (!differences.isEmpty()) {
            throw new UserError("the recipe differs from the one that " + run.path() + " was trained with: "
                    + String.join("; ", differences) + ". Put these back, or train a new run.");
        }
        if (recipe.train().steps() < checkpoint.step()) {
            throw new UserError(run.path() + " has done " + checkpoint.step() + " steps, more than the "
                    + recipe.train().steps() + " that are asked for.");
        }
    }

    /** Says that steps after the checkpoint are done again: a run that was ended by force has some. */
    static void tellOfLostSteps(RunDirectory run, Checkpoint checkpoint, TrainListener listener) {
        if (run.step() > checkpoint.step() && !run.hasDiverged()) {
            listener.on(new Event.Warning(
                    "the run went to step " + run.step() + " at least, and its last checkpoint is of step "
                            + checkpoint.step() + ": the steps since then are done again."));
        }
    }

    /** Warns of other data, other threads, another end of the learning rates' schedules. */
    static void compare(
            RunDirectory run, Checkpoint checkpoint, Recipe recipe, List<Split> data, TrainListener listener) {
        JsonNode before = run.provenance().path("data");
        if (changed(before, data.get(0)) || (data.size() > 1 && changed(before.path("second"), data.get(1)))) {
            boolean anyHeldOut = data.stream().anyMatch(split -> split.heldOut().count() > 0);
            listener.on(new Event.Warning("the data changed since this run began: going on with the new examples"
                    + (anyHeldOut ? "; some of those now held out were learnt from." : ".")));
        }
        int threads = run.provenance().path("machine").path("threads").asInt(Engine.threads());
        if (threads != Engine.threads()) {
            listener.on(new Event.Warning("this run began with " + threads + " threads and goes on with "
                    + Engine.threads() + ": results will differ in their last digits."));
        }
        compareSchedule(checkpoint, recipe, listener);
    }

    private static boolean changed(JsonNode facts, Split split) {
        String now = split.training().fingerprint();
        return !facts.path("sha256").asText(now).equals(now);
    }

    private static void compareSchedule(Checkpoint checkpoint, Recipe recipe, TrainListener listener) {
        TrainRecipe train = recipe.train();
        String steps = String.valueOf(train.steps());
        String before = checkpoint.recipe().getOrDefault("train.steps", steps);
        boolean constant = Stream.of(train.generator(), train.discriminator())
                .allMatch(player -> player.schedule() == OptimizerRecipe.Schedule.CONSTANT);
        if (checkpoint.step() > 0 && !constant && !before.equals(steps)) {
            listener.on(new Event.Warning("the schedule of the learning rate now ends at step " + steps + ", not "
                    + before + ": the steps already played followed the old one."));
        }
    }
}
