package io.gander.cli;

import io.gander.Gander;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.game.GameOptions;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.train.Outcome;
import io.gander.train.ProfileReport;
import io.gander.train.Profiler;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Trains a GAN from a recipe and writes everything into a run directory.",
            "Ctrl-C saves a checkpoint. 'gander resume' continues from there, with the same result bit for bit."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE", description = "a name from 'gander recipes', or a YAML file")
    String recipe;

    @Option(names = "--run", paramLabel = "DIR", description = "the run directory; default runs/RECIPE-1, -2, …")
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

    @Mixin
    Watch watch;

    @Override
    public Integer call() {
        PrintWriter out = watch.out();
        Recipe resolved = overrides.apply(Gander.recipe(recipe));
        if (dryRun) {
            GameOptions.of(resolved).check(resolved);
            warnOfMissingData(resolved);
            out.print(resolved.toYaml());
            out.println();
            Description.of(resolved, 0).print(out);
            return 0;
        }
        Path run = directory != null ? directory : RunDirectory.free(Path.of("runs"), resolved.name());
        Interrupt.watch();
        if (!profile) {
            return Interrupt.status(watch.over(listener -> Gander.train(resolved, run, Interrupt.control(), listener)));
        }
        Profiler.check(resolved);
        Profiler profiler = new Profiler();
        Outcome outcome = watch.over(listener -> Gander.train(resolved, run, Interrupt.control(), listener, profiler));
        print(profiler.report(RunDirectory.open(run)), run.resolve("profile.json"));
        return Interrupt.status(outcome);
    }

    /** A dry run reads no data: they may lie on another machine. */
    private void warnOfMissingData(Recipe recipe) {
        for (String path : List.of(recipe.data().path(), recipe.data().second())) {
            if (!path.isEmpty() && !isThere(Path.of(path).toAbsolutePath())) {
                watch.warn("there is no '" + Path.of(path).toAbsolutePath().normalize()
                        + "', which the training would read.");
            }
        }
    }

    /** A file, a folder, or a folder in an archive. */
    private static boolean isThere(Path path) {
        for (Path place = path; place != null; place = place.getParent()) {
            if (Files.isRegularFile(place)) {
                return true;
            }
        }
        return Files.exists(path);
    }

    private void print(ProfileReport report, Path file) {
        PrintWriter out = watch.out();
        String line = Json.line(report.json());
        try {
            WholeFile.write(file, line + "\n");
        } catch (IOException e) {
            throw Faults.cannotWrite(file, e, "then profile again; the run itself is whole");
        }
        out.println(watch.json ? line : "\n" + report);
        out.flush();
    }
}
