package io.gander.run;

import io.gander.error.Numbers;
import io.gander.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Settings that may help a game from noise that goes wrong, as far as its recipe does not have them yet. */
public final class Remedies {
    private static final String PAIRING = "relativistic-pairing";

    /**
     * A key of the recipe, and what to set it to.
     *
     * @param value a number or a word
     */
    public record Setting(String key, Object value) {
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
    public static List<Setting> lessSteep(Recipe recipe) {
        List<Setting> settings = new ArrayList<>();
        addUnlessSet(settings, recipe, "objective.r1", 1.0);
        Map<String, Object> keys = recipe.flat();
        if (keys.containsKey("objective.loss")
                && !PAIRING.equals(keys.get("objective.loss"))
                && isZero(recipe, "objective.smoothing")) {
            settings.add(new Setting("objective.loss", PAIRING));
        }
        addUnlessSet(settings, recipe, "objective.r2", 1.0);
        return settings;
    }

    /** What helps a run of which a verdict was given; nothing if it needs no help. */
    public static List<Setting> of(Recipe recipe, Verdict.Kind kind) {
        List<Setting> settings = new ArrayList<>();
        if (kind == Verdict.Kind.MODES_MISSING) {
            settings.addAll(lessSteep(recipe));
            boolean may = Integer.valueOf(1).equals(recipe.flat().get("objective.packing"))
                    && "none".equals(String.valueOf(recipe.flat().getOrDefault("objective.labels", "none")))
                    && recipe.train().batch() % 2 == 0;
            if (may) {
                settings.add(new Setting("objective.packing", 2));
            }
        } else if (kind == Verdict.Kind.DISCRIMINATOR_WINS) {
            addUnlessSet(settings, recipe, "objective.r1", 1.0);
            addUnlessSet(settings, recipe, "objective.instance-noise", 0.1);
            settings.add(new Setting(
                    "train.discriminator.lr", recipe.train().discriminator().rate() / 2));
        }
        return settings;
    }

    /** The same in words, for the end of a sentence. */
    public static String words(Recipe recipe, Verdict.Kind kind) {
        List<Setting> settings = of(recipe, kind);
        return settings.isEmpty()
                ? "the recipe has the usual remedies already; try other learning rates"
                : "try " + settings.stream().map(Setting::toString).collect(Collectors.joining(", then "));
    }

    private static void addUnlessSet(List<Setting> settings, Recipe recipe, String key, double value) {
        if (isZero(recipe, key)) {
            settings.add(new Setting(key, value));
        }
    }

    private static boolean isZero(Recipe recipe, String key) {
        return Double.valueOf(0).equals(recipe.flat().get(key));
    }
}
