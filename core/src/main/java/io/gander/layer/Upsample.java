package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Each pixel repeated factor×factor times. With a convolution behind it, it makes pictures larger without the chequered
 * patterns of transposed convolutions (Odena et al., 2016).
 *
 * @param factor how many times larger the sides become
 */
public record Upsample(int factor) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (!input.isImage()) {
            throw new ShapeException(this, input, "it wants channels×height×width");
        }
        return Shape.of(input.channels(), input.height() * factor, input.width() * factor);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.upsampleNearest(factor);
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        double f = factor;
        return graph.node(
                "Resize",
                List.of(x, "", graph.reals(List.of(1.0, 1.0, f, f))),
                Map.of(
                        "mode", "nearest",
                        "nearest_mode", "floor",
                        "coordinate_transformation_mode", "asymmetric"));
    }

    @Override
    public String toString() {
        return "upsample " + factor;
    }
}
