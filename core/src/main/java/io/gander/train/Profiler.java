package io.gander.train;

import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.network.LayerTimes;
import io.gander.recipe.Recipe;
import io.gander.tensor.Engine;
import io.gander.tensor.Profile;
import io.gander.tensor.Rates;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Listens to a training, passes on what it hears, and finds out where the time went. The first five steps, or half of a shorter training, do not count. */
public final class Profiler implements TrainListener {
    /** What the trainer calls its own part in a profile. */
    static final String RECORD = "log, samples, checkpoints";

    private static final int WARM = 5;

    private final TrainListener inner;
    private long warm = WARM;
    private long played;
    private long steps;
    private long peak;
    private Profile.@Nullable Result result;

    /** What it hears goes on to the other one. */
    public Profiler(TrainListener inner) {
        this.inner = inner;
    }

    /**
     * Refuses trainings that are too short.
     *
     * @throws UserError if so
     */
    public static void check(Recipe recipe) {
        if (recipe.train().steps() < 2) {
            throw new UserError("train.steps is " + recipe.train().steps()
                    + ": a profile leaves out the first, so set it to 2 or more.");
        }
    }

    /**
     * The profile of the training that ended; measures each layer and the machine's best rates, which takes some seconds.
     *
     * @param recipe as the training resolved it
     * @throws UserError if the training was stopped before it had warmed up
     */
    public ProfileReport report(Recipe recipe) {
        Profile.Result whole = result;
        if (whole == null || steps == 0) {
            throw new UserError("the training was stopped within its first " + warm
                    + " steps, so there is no profile: let it go on longer.");
        }
        int batch = recipe.train().batch();
        return new ProfileReport(
                whole,
                steps,
                batch,
                Engine.device(),
                Engine.threads(),
                peak,
                Rates.measure(),
                LayerTimes.measure(GameOptions.of(recipe).generator(recipe), batch),
                LayerTimes.measure(GameOptions.of(recipe).discriminator(recipe), batch));
    }

    @Override
    public void onStart(String summary, Path run, long from, long steps) {
        warm = Math.min(WARM, (steps - from) / 2);
        inner.onStart(summary, run, from, steps);
    }

    @Override
    public void onStep(Progress progress) {
        inner.onStep(progress);
        peak = Math.max(peak, Engine.residentBytes());
        played++; // the guard may have gone back, so the step's own number will not do
        if (Profile.on()) {
            steps++;
        } else if (played == warm) {
            Profile.start();
        }
        if (progress.step() == progress.steps()) {
            end(); // what follows belongs to no step
        }
    }

    private void end() {
        if (Profile.on()) {
            result = Profile.stop();
        }
    }

    @Override
    public void onMetrics(Progress progress) {
        inner.onMetrics(progress);
    }

    @Override
    public void onSample(long step, Path picture) {
        inner.onSample(step, picture);
    }

    @Override
    public void onCheckpoint(long step, Path folder) {
        inner.onCheckpoint(step, folder);
    }

    @Override
    public void onEnd(Outcome outcome) {
        end();
        inner.onEnd(outcome);
    }

    @Override
    public void onPreparing(long done, long total) {
        inner.onPreparing(done, total);
    }

    @Override
    public void onWarning(String sentence) {
        inner.onWarning(sentence);
    }
}
