package io.gander.train;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.error.Numbers;
import io.gander.recipe.Recipe;
import io.gander.run.Remedies;
import io.gander.run.Verdict;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches a game from noise for the ways in which GANs fail: a discriminator that wins, a generator whose samples become alike, modes
 * that are lost or never found, numbers that overflow. It says so in plain words, and knows what to change.
 */
final class Guard {
    /** Measurements after a change before the next one: it takes time to work. */
    private static final int GRACE = 3;

    private static final int MOST_CHANGES = 5;

    enum Trouble {
        DIVERGED(Verdict.Kind.DIVERGED),
        SATURATED(Verdict.Kind.DISCRIMINATOR_WINS),
        ALIKE(Verdict.Kind.MODES_MISSING),
        FEW_KINDS(Verdict.Kind.MODES_MISSING);

        private final Verdict.Kind kind;

        Trouble(Verdict.Kind kind) {
            this.kind = kind;
        }
    }

    /**
     * @param sentence what is wrong
     */
    record Finding(Trouble trouble, String sentence) {
        /** What is wrong, and what in a recipe may help. */
        String withRemedies(Recipe recipe) {
            return sentence + "; " + Remedies.words(recipe, trouble.kind);
        }
    }

    /**
     * @param recipe by which to go on
     * @param what was changed in it, in words
     */
    record Change(Recipe recipe, String what) {}

    private final long steps;
    private final Deque<Double> margins = new ArrayDeque<>();
    private final Set<Trouble> told = EnumSet.noneOf(Trouble.class);
    private int changes;
    private int grace;

    private long healthy;

    /**
     * @param steps the length of the run
     */
    Guard(long steps) {
        this.steps = steps;
    }

    /** Takes in the metrics of a round: {@code d_real}, {@code d_fake}. */
    void observe(Map<String, Double> row) {
        margins.addLast(row.getOrDefault("d_real", 0.5) - row.getOrDefault("d_fake", 0.5));
        if (margins.size() > Verdict.WINDOW) {
            margins.removeFirst();
        }
    }

    /** What is wrong by what was measured of the samples and heard of the rounds; null if nothing is. */
    @Nullable
    Finding look(long step, Map<String, Double> measures) {
        grace = Math.max(0, grace - 1);
        Finding finding = examine(step, measures);
        healthy = finding == null ? step : healthy;
        return finding;
    }

    /** The step to go back to: the last at which nothing was wrong. */
    long healthy() {
        return healthy;
    }

    /** Takes it that nothing was wrong at a step. */
    void trust(long step) {
        healthy = step;
    }

    /** What it remembers, for a checkpoint: with it a resumed run does what an unbroken one would have done. */
    Map<String, Object> state() {
        return Map.of("changes", changes, "grace", grace, "healthy", healthy, "margins", List.copyOf(margins));
    }

    /** Remembers what a state holds; nothing if there is none. */
    void restore(JsonNode state) {
        if (!state.isObject()) {
            return;
        }
        changes = state.path("changes").asInt();
        grace = state.path("grace").asInt();
        healthy = state.path("healthy").asLong();
        margins.clear();
        state.path("margins").forEach(margin -> margins.addLast(margin.asDouble()));
    }

    private @Nullable Finding examine(long step, Map<String, Double> measures) {
        if (step < Verdict.judgedFrom(steps)) {
            return null;
        }
        double margin =
                margins.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double diversity = measures.getOrDefault("diversity", 1.0);
        double covered = measures.getOrDefault("covered", 1.0);
        // first, since a generator that gets no gradient shows few kinds as well
        if (margins.size() == Verdict.WINDOW && margin > Verdict.SURE) {
            return finding(
                    Trouble.SATURATED,
                    "the discriminator wins, D(x) - D(G(z)) is %.2f: the generator gets almost no gradient",
                    margin);
        }
        if (diversity < Verdict.ALIKE) {
            return finding(
                    Trouble.ALIKE,
                    "the samples differ %.0f %% as much as real examples do: the generator collapses",
                    100 * diversity);
        }
        if (covered < Verdict.FEW) {
            return finding(
                    Trouble.FEW_KINDS,
                    "the samples show %.0f %% of the kinds that the data has: modes are left out",
                    100 * covered);
        }
        return null;
    }

    private static Finding finding(Trouble trouble, String text, double number) {
        return new Finding(trouble, String.format(Locale.ROOT, text, number));
    }

    /** Whether nobody has said this yet. */
    boolean isNews(Finding finding) {
        return told.add(finding.trouble);
    }

    /** Whether a change may be made now: the last one has had its measurements; what overflowed cannot wait. */
    boolean mayAct(Trouble trouble) {
        return changes < MOST_CHANGES && (grace == 0 || trouble == Trouble.DIVERGED);
    }

    /** One thing that may help, tried before the next: calmer rates where numbers overflow, else a discriminator that is less steep. */
    Change change(Recipe recipe, Finding finding) {
        grace = GRACE;
        changes++;
        margins.clear();
        told.clear();
        List<Remedies.Remedy> remedies = finding.trouble == Trouble.DIVERGED ? List.of() : Remedies.lessSteep(recipe);
        if (!remedies.isEmpty()) {
            Remedies.Remedy remedy = remedies.get(0);
            return new Change(remedy.in(recipe), remedy.words());
        }
        double discriminator = recipe.train().discriminator().rate() / 2;
        Recipe slower = recipe.with("train.discriminator.lr", discriminator);
        if (finding.trouble == Trouble.SATURATED) { // a generator that lags behind needs its own rate
            return new Change(slower, "the discriminator's learning rate is halved, to " + Numbers.text(discriminator));
        }
        double generator = recipe.train().generator().rate() / 2;
        return new Change(
                slower.with("train.generator.lr", generator),
                "both learning rates are halved, to " + Numbers.text(generator) + " and "
                        + Numbers.text(discriminator));
    }
}
