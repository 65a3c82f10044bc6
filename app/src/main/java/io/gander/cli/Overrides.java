package io.gander.cli;

import io.gander.error.UserError;
import io.gander.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --set}, wherever a recipe is read. */
final class Overrides {
    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "change one value of the recipe, such as train.steps=500; may be repeated")
    List<String> settings = new ArrayList<>();

    Recipe apply(Recipe recipe) {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new UserError("--set " + setting + ": write it as KEY=VALUE, such as train.steps=500.");
            }
            changes.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return recipe.with(changes);
    }
}
