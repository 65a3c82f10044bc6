package io.gander.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A number with a name.
 *
 * @param name as tables and files have it
 * @param value computes it; NaN where it is not defined, as of a single sample's covariance
 * @param <T> what it is computed of: samples, or a pair of pictures; what several metrics need of it, it computes once
 */
record Metric<T>(String name, ToDoubleFunction<T> value) {
    /** All of some metrics, by name and in their order. */
    static <T> Map<String, Double> all(List<Metric<T>> metrics, T judged) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric.name, metric.value.applyAsDouble(judged)));
        return values;
    }

    /** NaN for each of some metrics. */
    static <T> Map<String, Double> none(List<Metric<T>> metrics) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric.name, Double.NaN));
        return values;
    }
}
