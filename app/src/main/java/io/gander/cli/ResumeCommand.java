package io.gander.cli;

import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Outcome;
import io.gander.train.Trainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gander resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Goes on with a run from its newest whole checkpoint: after Ctrl-C, after a crash, or with more steps. "
                        + "On the same machine with the same number of threads the result is, bit for bit, that of a run "
                        + "that never stopped. A recipe that would change what a step computes is refused.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class ResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(names = "--steps", paramLabel = "N", description = "how many steps the run shall have in the end")
    @Nullable
    Integer steps;

    @Mixin
    Overrides overrides;

    @Option(names = "--json", description = "print one JSON object a line instead of a progress bar")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        RunDirectory run = RunDirectory.open(directory);
        Recipe recipe = overrides.apply(run.recipe(StandardCatalogue.INSTANCE));
        if (steps != null) {
            recipe = recipe.with("train.steps", steps);
        }
        Interrupt.watch();
        Watcher watcher = json ? new JsonWatcher(out) : new TextWatcher(out, Terminal.detect());
        Outcome outcome = Trainer.resume(run, recipe, watcher, Interrupt::asked);
        return Watcher.status(outcome);
    }
}
