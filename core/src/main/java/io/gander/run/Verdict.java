package io.gander.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a run's numbers and events say of it, in words. By the same limits the guard warns.
 *
 * @param reason a sentence
 */
public record Verdict(Kind kind, String reason) {
    /** What a run can be. */
    public enum Kind {
        EARLY("Too early to say"),
        HEALTHY("Healthy"),
        MODES_MISSING("Modes missing"),
        DISCRIMINATOR_WINS("The discriminator is winning"),
        DIVERGED("Diverged");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** Samples that differ less than this share of how much real examples do are alike. */
    public static final double ALIKE = 0.5;

    /** A smaller share of the data's kinds is too few. */
    public static final double FEW = 0.8;

    /** A discriminator with a larger mean of D(x) − D(G(z)) wins. */
    public static final double SURE = 0.95;

    /** Logged rounds over which that mean is taken. */
    public static final int WINDOW = 10;

    private static final long PATIENCE = 500;
    private static final double BEGINNING = 0.2;

    /** The first step at which a run of so many steps is judged: every generator begins badly. */
    public static long judgedFrom(long steps) {
        return Math.max(PATIENCE, (long) Math.ceil(BEGINNING * steps));
    }

    /**
     * Judges a run by what its directory holds so far.
     *
     * @param steps the length of the run
     */
    public static Verdict of(RunDirectory run, long steps) {
        return of(run.metrics().rows(), run.events().all(), steps);
    }

    /**
     * Judges a run.
     *
     * @param rows of metrics.jsonl, oldest first
     * @param events of events.jsonl, oldest first
     * @param steps the length of the run
     */
    static Verdict of(List<Map<String, Double>> rows, List<JsonNode> events, long steps) {
        for (JsonNode event : events) {
            if (Events.isDivergence(event)) {
                return new Verdict(Kind.DIVERGED, sentence(event.path("message").asText()));
            }
        }
        Map<String, Double> last = rows.isEmpty() ? Map.of() : rows.get(rows.size() - 1);
        long step = last.getOrDefault("step", 0.0).longValue();
        for (Map.Entry<String, Double> value : last.entrySet()) {
            String name = value.getKey();
            if (!Double.isFinite(value.getValue()) && (name.startsWith("loss_") || name.equals("diversity"))) {
                String what = name.equals("diversity") ? "the samples are not numbers" : name + " is not a number";
                return new Verdict(Kind.DIVERGED, sentence(what + " at step " + grouped(step)));
            }
        }
        if (step < judgedFrom(steps)) {
            String from = "A run is judged from step " + grouped(judgedFrom(steps)) + " on";
            String has = judgedFrom(steps) > steps ? ", and this one has " + grouped(steps) : "";
            return new Verdict(Kind.EARLY, from + has + ": every generator begins badly.");
        }
        return judged(rows, events);
    }

    private static Verdict judged(List<Map<String, Double>> rows, List<JsonNode> events) {
        double diversity = newest(rows, "diversity").orElse(1);
        double covered = newest(rows, "covered").orElse(1);
        double margin = margin(rows).orElse(0);
        String few = covered < FEW ? "the samples show only " + shown(rows, covered) : "";
        if (margin > SURE) { // a generator that gets no gradient shows few kinds as well
            return new Verdict(
                    Kind.DISCRIMINATOR_WINS,
                    text(
                                    "Over %d logged steps D(x) − D(G(z)) is %.2f on average: the generator gets almost no gradient",
                                    WINDOW, margin)
                            + (few.isEmpty() ? "." : "; " + few + "."));
        }
        if (diversity < ALIKE) {
            return new Verdict(
                    Kind.MODES_MISSING,
                    text("The samples differ only %.0f %% as much as real examples do.", 100 * diversity));
        }
        if (!few.isEmpty()) {
            return new Verdict(Kind.MODES_MISSING, sentence(few));
        }
        return new Verdict(Kind.HEALTHY, health(rows, events));
    }

    private static String health(List<Map<String, Double>> rows, List<JsonNode> events) {
        List<String> facts = new ArrayList<>();
        newest(rows, "diversity")
                .ifPresent(value -> facts.add(text("samples differ %.0f %% as much as real examples do", 100 * value)));
        newest(rows, "covered").ifPresent(value -> facts.add("they show " + shown(rows, value)));
        margin(rows)
                .ifPresent(value -> facts.add(text("D(x) − D(G(z)) is %.2f (the alarm is above %.2f)", value, SURE)));
        newest(rows, "psnr").ifPresent(value -> facts.add(text("the outputs of a batch have %.1f dB", value)));
        if (facts.isEmpty()) {
            facts.add("all losses are finite");
        }
        for (int i = events.size() - 1; i >= 0; i--) {
            if (events.get(i).has("step")) {
                long step = events.get(i).path("step").asLong();
                facts.add("the warning of step " + grouped(step) + " no longer holds");
                break;
            }
        }
        return sentence(String.join("; ", facts));
    }

    private static String shown(List<Map<String, Double>> rows, double covered) {
        int kinds = kinds(rows);
        return kinds == 0
                ? text("%.0f %% of the kinds that the data has", 100 * covered)
                : Math.round(covered * kinds) + " of the " + grouped(kinds) + " kinds that the data has";
    }

    /** How many kinds of example the data has; 0 if that is not known. */
    static int kinds(List<Map<String, Double>> rows) {
        for (Map<String, Double> row : rows) {
            double found = row.getOrDefault("modes", row.getOrDefault("classes", 0.0));
            double covered = row.getOrDefault("covered", 0.0);
            if (found > 0 && covered > 0) {
                return (int) Math.round(found / covered);
            }
        }
        return 0;
    }

    /**
     * The mean of D(x) − D(G(z)) over the last logged rounds; empty before there are enough, and of games that make pictures from
     * pictures: what judges small parts of them is often sure, and the guard does not watch it.
     */
    static OptionalDouble margin(List<Map<String, Double>> rows) {
        if (rows.stream().anyMatch(row -> row.containsKey("psnr") || row.containsKey("loss_cycle"))) {
            return OptionalDouble.empty();
        }
        double[] margins = rows.stream()
                .filter(row -> row.containsKey("d_real") && row.containsKey("d_fake"))
                .mapToDouble(row -> row.getOrDefault("d_real", 0.0) - row.getOrDefault("d_fake", 0.0))
                .toArray();
        double sum = 0;
        for (int i = 1; i <= WINDOW && margins.length >= WINDOW; i++) {
            sum += margins[margins.length - i];
        }
        return margins.length < WINDOW ? OptionalDouble.empty() : OptionalDouble.of(sum / WINDOW);
    }

    private static OptionalDouble newest(List<Map<String, Double>> rows, String key) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            Double value = rows.get(i).get(key);
            if (value != null) {
                return OptionalDouble.of(value);
            }
        }
        return OptionalDouble.empty();
    }

    private static String sentence(String text) {
        String end = text.endsWith(".") ? "" : ".";
        return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + end;
    }

    private static String grouped(long number) {
        return text("%,d", number);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
