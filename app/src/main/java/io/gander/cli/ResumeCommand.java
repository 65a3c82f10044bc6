package io.gander.cli;

import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Trainer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Continues a run from its newest intact checkpoint: after Ctrl-C, after a crash, or with more steps. "
                        + "On the same machine with the same number of threads the result is, bit for bit, that of a run "
                        + "that never stopped. Changes of the recipe that would change a step are refused.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ResumeCommand implements Callable<Integer> {
    @Mixin
    RunArgument argument;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "the total number of steps of the run, more than it has now")
    @Nullable
    Integer steps;

    @Mixin
    Overrides overrides;

    @Mixin
    Watch watch;

    @Override
    public Integer call() {
        if (steps != null && steps < 1) {
            throw new UserError("--steps must be at least 1; found " + steps + ".");
        }
        RunDirectory run = argument.open();
        Recipe own = overrides.apply(run.recipe(StandardCatalogue.INSTANCE));
        Recipe recipe = steps == null ? own : own.with("train.steps", steps);
        Interrupt.watch();
        return Interrupt.status(watch.over(listener -> Trainer.resume(run, recipe, Interrupt.control(), listener)));
    }
}
