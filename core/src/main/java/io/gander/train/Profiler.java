package io.gander.train;

import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.game.StandardCatalogue;
import io.gander.network.LayerTimes;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Engine;
import io.gander.tensor.Profile;
import io.gander.tensor.Rates;
import org.jspecify.annotations.Nullable;

/**
 * Listens to a training, and finds out where the time of its thread went: for listening there only, not behind a {@link
 * BackgroundListener}. The first five steps, or half of a shorter training, do not count.
 */
public final class Profiler implements TrainListener {
    /** What the trainer calls its own part in a profile. */
    static final String RECORD = "log, samples, checkpoints";

    private static final int WARM = 5;

    private long warm = WARM;
    private long played;
    private long steps;
    private long peak;
    private Profile.@Nullable Result result;

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
     * @param run what was trained
     * @throws UserError if the training was stopped before it had warmed up
     */
    public ProfileReport report(RunDirectory run) {
        Profile.Result whole = result;
        if (whole == null || steps == 0) {
            throw new UserError("the training was stopped within its first " + warm
                    + " steps, so there is no profile: let it go on longer.");
        }
        Recipe recipe = run.recipe(StandardCatalogue.INSTANCE);
        int classes = run.classes().size();
        int batch = recipe.train().batch();
        return new ProfileReport(
                whole,
                steps,
                batch,
                Engine.device(),
                Engine.threads(),
                peak,
                Rates.measure(),
                LayerTimes.measure(GameOptions.of(recipe).generator(recipe, classes), batch),
                LayerTimes.measure(GameOptions.of(recipe).discriminator(recipe, classes), batch));
    }

    @Override
    public void on(Event event) {
        if (event instanceof Event.Started started) {
            warm = Math.min(WARM, (started.steps() - started.step()) / 2);
        } else if (event instanceof Event.Stepped stepped) {
            step(stepped.progress());
        } else if (event instanceof Event.Ended) {
            end();
        }
    }

    private void step(Progress progress) {
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
}
