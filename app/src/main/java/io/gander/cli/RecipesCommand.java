package io.gander.cli;

import io.gander.recipe.Recipe;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "recipes",
        mixinStandardHelpOptions = true,
        description = "Lists the recipes that come with Gander; 'gander recipes show NAME' prints one.",
        subcommands = RecipesCommand.Show.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class RecipesCommand implements Callable<Integer> {
    @Mixin
    Answer answer;

    /** What {@code --json} says of each. */
    record Shipped(String name, String description) {}

    @Override
    public Integer call() {
        PrintWriter out = answer.out();
        List<String> names = Recipe.shipped();
        if (answer.json) {
            out.println(Json.pretty(names.stream()
                    .map(name -> new Shipped(name, Recipe.description(name)))
                    .toList()));
            return 0;
        }
        int width = names.stream().mapToInt(String::length).max().orElse(0);
        for (String name : names) {
            out.println(name + " ".repeat(width - name.length() + 2) + Recipe.description(name));
        }
        return 0;
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints a recipe with its comments: a start for your own.")
    @SuppressWarnings("NullAway.Init") // picocli fills the fields
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "a name from 'gander recipes'")
        String name;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() {
            spec.commandLine().getOut().print(Recipe.text(name));
            spec.commandLine().getOut().flush();
            return 0;
        }
    }
}
