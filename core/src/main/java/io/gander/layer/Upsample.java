package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each point repeated factor times along every axis. With a convolution behind it, it makes examples larger without the chequered
 * patterns of transposed convolutions (Odena et al., 2016).
 *
 * @param factor how many times longer the axes become
 */
public record Upsample(int factor) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input.spatial(this).along(side -> side * factor);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.upsampleNearest(x, factor);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node(
                "Resize",
                List.of(x, "", graph.reals(scales(factor, input))),
                Map.of(
                        "mode", "nearest",
                        "nearest_mode", "floor",
                        "coordinate_transformation_mode", "asymmetric"));
    }

    /** What ONNX's Resize multiplies the dimensions by: the batch and the channels stay. */
    static List<Double> scales(int factor, Shape input) {
        return Stream.concat(Stream.of(1.0, 1.0), input.each(factor).stream().map(Long::doubleValue))
                .toList();
    }

    @Override
    public String toString() {
        return "upsample " + factor;
    }
}
