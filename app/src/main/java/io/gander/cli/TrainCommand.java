package io.gander.cli;

import io.gander.Gander;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Outcome;
import io.gander.train.ProfileReport;
import io.gander.train.Profiler;
import java.io.IOException;
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

/** {@code gander train}. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a GAN from a recipe, and writes everything into a run directory.",
            "Ctrl-C saves; 'gander resume' goes on to the same bits."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE", description = "a name from 'gander recipes', or a YAML file")
    String recipe;

    @Option(names = "--run", paramLabel = "DIR", description = "where to write; default runs/RECIPE-1, -2, …")
    @Nullable
    Path directory;

    @Mixin
    Overrides overrides;

    @Option(names = "--dry-run", description = "print the resolved recipe and both networks, train nothing")
    boolean dryRun;

    @Option(
            names = "--profile",
            description =
                    "train, then print where the time went: by part of a step and by layer; also DIR/profile.json")
    boolean profile;

    @Option(names = "--json", description = "print one JSON object a line instead of a progress bar")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Recipe resolved = overrides.apply(Gander.recipe(recipe));
        if (dryRun) {
            out.print(resolved.toYaml());
            out.println();
            Description.of(resolved).print(out);
            return 0;
        }
        Path run = directory != null ? directory : RunDirectory.free(Path.of("runs"), resolved.name());
        Interrupt.watch();
        Watcher watcher = json ? new JsonWatcher(out) : new TextWatcher(out, Terminal.detect());
        if (!profile) {
            return Watcher.status(Gander.train(resolved, run, watcher, Interrupt::asked));
        }
        Profiler.check(resolved);
        Profiler profiler = new Profiler(watcher);
        Outcome outcome = Gander.train(resolved, run, profiler, Interrupt::asked);
        print(profiler.report(RunDirectory.open(run).recipe(StandardCatalogue.INSTANCE)), run.resolve("profile.json"));
        return Watcher.status(outcome);
    }

    private void print(ProfileReport report, Path file) {
        PrintWriter out = spec.commandLine().getOut();
        String line = Json.line(report.json());
        try {
            WholeFile.write(file, line + "\n");
        } catch (IOException e) {
            throw Faults.cannotWrite(file, e, "then profile again; the run itself is whole");
        }
        out.println(json ? line : "\n" + report);
        out.flush();
    }
}
