package io.gander.evaluate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluation found.
 *
 * @param facts what was judged and how, with the result: an entry of the run's {@code evaluations.json}
 * @param result by row (output, input, mean colour; samples, deviation, real), then by metric
 * @param sheet inputs, outputs and what should have come out, as a picture; null of samples
 */
public record Judgement(
        ObjectNode facts,
        Map<String, Map<String, Double>> result,
        @Nullable Path sheet) {}
