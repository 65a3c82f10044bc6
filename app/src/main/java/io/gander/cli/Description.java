package io.gander.cli;

import io.gander.game.GameOptions;
import io.gander.network.Summary;
import io.gander.recipe.Recipe;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Both networks of a recipe, for people and for scripts. */
record Description(String recipe, Summary generator, Summary discriminator) {
    /** @param classes that the game is played with; 0 before the data was seen */
    static Description of(Recipe recipe, int classes) {
        return new Description(
                recipe.name(),
                Summary.of(GameOptions.of(recipe).generator(recipe, classes)),
                Summary.of(GameOptions.of(recipe).discriminator(recipe, classes)));
    }

    void print(PrintWriter out) {
        out.println(generator);
        out.println(discriminator);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recipe", recipe);
        json.put("generator", json(generator));
        json.put("discriminator", json(discriminator));
        return json;
    }

    private static Map<String, Object> json(Summary summary) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Summary.Row row : summary.rows()) {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("place", row.place());
            layer.put("layer", row.layer());
            layer.put("output", row.output().sizes());
            layer.put("parameters", row.parameters());
            layer.put("statistics", row.statistics());
            layer.put("flops", row.flops());
            layers.add(layer);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", summary.name());
        json.put("input", summary.input().sizes());
        json.put("output", summary.output().sizes());
        json.put("parameters", summary.parameters());
        json.put("statistics", summary.statistics());
        json.put("flops", summary.flops());
        json.put("layers", layers);
        return json;
    }
}
