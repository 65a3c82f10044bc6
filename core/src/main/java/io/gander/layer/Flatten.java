package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** Any shape as one vector, in NCHW order. */
public record Flatten() implements Layer {
    @Override
    public Shape output(Shape input) {
        return Shape.of(Math.toIntExact(input.count()));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.reshape(x.shape()[0], -1);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node("Flatten", List.of(x), Map.of("axis", 1L));
    }

    @Override
    public String toString() {
        return "flatten";
    }
}
