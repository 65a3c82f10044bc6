package io.gander.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What repeated measurements say together, by measure. */
final class Spread {
    private final Map<String, List<Double>> values = new LinkedHashMap<>();

    void add(Map<String, Double> measured) {
        measured.forEach((measure, value) ->
                values.computeIfAbsent(measure, name -> new ArrayList<>()).add(value));
    }

    Map<String, Double> mean() {
        Map<String, Double> means = new LinkedHashMap<>();
        values.forEach((measure, all) -> means.put(measure, mean(all)));
        return means;
    }

    /** The standard deviation of one measurement, estimated from all (divided by one less than their number). */
    Map<String, Double> deviation() {
        Map<String, Double> deviations = new LinkedHashMap<>();
        values.forEach((measure, all) -> {
            double mean = mean(all);
            double squares = all.stream()
                    .mapToDouble(value -> (value - mean) * (value - mean))
                    .sum();
            deviations.put(measure, Math.sqrt(squares / (all.size() - 1)));
        });
        return deviations;
    }

    private static double mean(List<Double> all) {
        return all.stream().mapToDouble(Double::doubleValue).sum() / all.size();
    }
}
