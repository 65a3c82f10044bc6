package io.gander.run;

import io.gander.error.Numbers;
import io.gander.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings that may help a game from noise that goes wrong, as far as its recipe does not have them yet. */
public final class Remedies {
    private static final String PAIRING = "relativistic-pairing";

    /** So many are told at a time. */
    private static final int NAMED = 3;

    /**
     * A key of the recipe, and what to set it to.
     *
     * @param value a number or a word
     */
    public record Remedy(String key, Object value) {
        /** The recipe with this setting. */
        public Recipe in(Recipe recipe) {
            return recipe.with(key, value);
        }

        /** Such as {@code objective.r1 is now 1}. */
        public String words() {
            return key + " is now " + text();
        }

        /** Such as {@code --set objective.r1=1}, ready to be pasted. */
        @Override
        public String toString() {
            return "--set " + key + "=" + text();
        }

        private String text() {
            return value instanceof Double number ? Numbers.text(number) : value.toString();
        }
    }

    private Remedies() {}

    /** What makes the discriminator less steep, the most likely to help first; each is tried with those before it. */
    public static List<Remedy> lessSteep(Recipe recipe) {
        List<Remedy> remedies = new ArrayList<>();
        addUnlessSet(remedies, recipe, "objective.r1", 1.0);
        Map<String, Object> keys = recipe.flat();
        if (keys.containsKey("objective.loss")
                && !PAIRING.equals(keys.get("objective.loss"))
                && isZero(recipe, "objective.smoothing")) {
            remedies.add(new Remedy("objective.loss", PAIRING));
        }
        addUnlessSet(remedies, recipe, "objective.r2", 1.0);
        return remedies;
    }

    /** What helps a run of which a verdict was given; nothing if it needs no help. */
    public static List<Remedy> of(Recipe recipe, Verdict.Kind kind) {
        if (kind != Verdict.Kind.MODES_MISSING && kind != Verdict.Kind.DISCRIMINATOR_WINS) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>(lessSteep(recipe));
        if (kind == Verdict.Kind.DISCRIMINATOR_WINS) {
            addUnlessSet(remedies, recipe, "objective.instance-noise", 0.1);
            double rate = recipe.train().discriminator().rate();
            remedies.add(new Remedy("train.discriminator.lr", rate / 2));
        } else if (mayPack(recipe)) {
            remedies.add(new Remedy("objective.packing", 2));
        }
        return remedies;
    }

    private static boolean mayPack(Recipe recipe) {
        return Integer.valueOf(1).equals(recipe.flat().get("objective.packing"))
                && "none".equals(String.valueOf(recipe.flat().getOrDefault("objective.labels", "none")))
                && recipe.train().batch() % 2 == 0;
    }

    /** The first few, ready to be pasted. */
    static List<String> named(Recipe recipe, Verdict.Kind kind) {
        return of(recipe, kind).stream().limit(NAMED).map(Remedy::toString).toList();
    }

    /** The same in words, for the end of a sentence about such a run. */
    public static String words(Recipe recipe, Verdict.Kind kind) {
        List<String> named = named(recipe, kind);
        return named.isEmpty()
                ? "the recipe has the usual remedies already; try other learning rates"
                : "try " + String.join(", then ", named);
    }

    private static void addUnlessSet(List<Remedy> remedies, Recipe recipe, String key, double value) {
        if (isZero(recipe, key)) {
            remedies.add(new Remedy(key, value));
        }
    }

    private static boolean isZero(Recipe recipe, String key) {
        return Double.valueOf(0).equals(recipe.flat().get(key));
    }
}
