package io.gander.cli;

import io.gander.Gander;
import io.gander.game.StandardCatalogue;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows both networks of a recipe or a run: layers, shapes, parameters, FLOPs.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DescribeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RECIPE|DIR", description = "a recipe's name, a YAML file, or a run directory")
    String subject;

    @Mixin
    Overrides overrides;

    @Mixin
    Answer answer;

    @Override
    public Integer call() {
        PrintWriter out = answer.out();
        RunDirectory run = Files.isDirectory(Path.of(subject)) ? RunDirectory.open(Path.of(subject)) : null;
        Recipe recipe = run != null ? run.recipe(StandardCatalogue.INSTANCE) : Gander.recipe(subject);
        Description description = Description.of(
                overrides.apply(recipe), run == null ? 0 : run.classes().size());
        if (answer.json) {
            out.println(Json.pretty(description.json()));
        } else {
            description.print(out);
        }
        return 0;
    }
}
