package io.gander.train;

import io.gander.network.LayerTimes;
import io.gander.tensor.Profile;
import io.gander.tensor.Rates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a training's time went.
 *
 * @param whole its sections
 * @param steps how many it looked at
 * @param batch examples in one
 * @param peak bytes of physical memory, the most after any step
 * @param generator its layers, each by itself
 * @param discriminator likewise
 */
public record ProfileReport(
        Profile.Result whole,
        long steps,
        int batch,
        String device,
        int threads,
        long peak,
        Rates rates,
        List<LayerTimes.Row> generator,
        List<LayerTimes.Row> discriminator) {
    public ProfileReport {
        generator = List.copyOf(generator);
        discriminator = List.copyOf(discriminator);
    }

    /** Seconds of a step: of the game, without what is kept of it. */
    public double step() {
        double record = whole.parts().stream()
                .filter(part -> part.name().equals(Profiler.RECORD))
                .mapToDouble(Profile.Part::seconds)
                .sum();
        return (whole.seconds() - record) / steps;
    }

    /** Floating-point operations a second, in these. */
    public double rate() {
        return whole.flops() / steps / step();
    }

    /** Which share of the machine's best rate that is. */
    public double share() {
        return rate() / rates.best();
    }

    /** A page of tables for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        add(
                text,
                "Profile: %d steps of %d, %.2f ms each without log and samples, on %s with %d thread%s; %,d MB resident at most%n%n",
                steps,
                batch,
                1e3 * step(),
                device,
                threads,
                threads == 1 ? "" : "s",
                peak >> 20);
        add(text, "  %-44s %12s %10s %8s%n", "part of a step", "calls", "ms", "share");
        for (Profile.Part part : parts()) {
            add(
                    text,
                    "  %-44s %12.2f %10.3f %6.1f %%%n",
                    part.name(),
                    (double) part.calls() / steps,
                    1e3 * part.seconds() / steps,
                    100 * part.seconds() / whole.seconds());
        }
        add(
                text,
                "%n  %.3f GFLOP a step, %.1f GFLOP/s: %.0f %% of the best rate here (matrix product %.1f, convolution %.1f GFLOP/s)%n",
                1e-9 * whole.flops() / steps,
                1e-9 * rate(),
                100 * share(),
                1e-9 * rates.matrixProduct(),
                1e-9 * rates.convolution());
        layers(text, "generator", generator);
        layers(text, "discriminator", discriminator);
        return text.toString();
    }

    private void layers(StringBuilder text, String name, List<LayerTimes.Row> rows) {
        add(
                text,
                "%n%-46s %12s %16s %16s %16s%n",
                name + ", each layer by itself, batch " + batch,
                "output",
                "forward",
                "to the input",
                "to the weights");
        for (LayerTimes.Row row : rows) {
            add(
                    text,
                    "  %-8s %-35s %12s %16s %16s %16s%n",
                    row.place(),
                    row.layer(),
                    row.output(),
                    time(row.forward(), row.flops()),
                    time(row.toInput(), row.flops()),
                    time(row.toWeights(), row.flops()));
        }
        add(text, "  milliseconds, the least of some; behind them GFLOP/s%n");
    }

    private static String time(double seconds, double flops) {
        if (seconds == 0) {
            return "–";
        }
        String rate = flops == 0 ? "" : String.format(Locale.ROOT, "%.0f", 1e-9 * flops / seconds);
        return String.format(Locale.ROOT, "%.3f %5s", 1e3 * seconds, rate);
    }

    private static void add(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    /** The sections, the longest first, and what is left over. */
    private List<Profile.Part> parts() {
        List<Profile.Part> parts = new ArrayList<>(whole.parts());
        parts.sort(Comparator.comparingDouble(Profile.Part::seconds).reversed());
        double inParts = parts.stream().mapToDouble(Profile.Part::seconds).sum();
        parts.add(new Profile.Part("the rest: losses, noise, regularisers", steps, whole.seconds() - inParts));
        return parts;
    }

    /** For programs: seconds, FLOPs, bytes. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", steps);
        json.put("batch", batch);
        json.put("device", device);
        json.put("threads", threads);
        json.put("seconds_per_step", step());
        json.put("peak_bytes", peak);
        json.put("flop_per_step", whole.flops() / steps);
        json.put("flop_per_second", rate());
        json.put("best_matrix_product", rates.matrixProduct());
        json.put("best_convolution", rates.convolution());
        json.put("share_of_best", share());
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Profile.Part part : parts()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", part.name());
            row.put("calls_per_step", (double) part.calls() / steps);
            row.put("seconds_per_step", part.seconds() / steps);
            parts.add(row);
        }
        json.put("parts", parts);
        json.put("generator", layers(generator));
        json.put("discriminator", layers(discriminator));
        return json;
    }

    private static List<Map<String, Object>> layers(List<LayerTimes.Row> rows) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (LayerTimes.Row row : rows) {
            Map<String, Object> layer = new LinkedHashMap<>();
            layer.put("place", row.place());
            layer.put("layer", row.layer());
            layer.put("output", row.output().sizes());
            layer.put("flops", row.flops());
            layer.put("forward", row.forward());
            layer.put("to_input", row.toInput());
            layer.put("to_weights", row.toWeights());
            layers.add(layer);
        }
        return layers;
    }
}
