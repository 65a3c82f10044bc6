package io.gander.run;

import io.gander.recipe.Recipe;

/** Placeholder until the page exists. */
final class Report {
    private Report() {}

    static String html(RunDirectory run, Recipe recipe) {
        return "<!doctype html><title>" + recipe.name() + "</title>" + run.path();
    }
}
