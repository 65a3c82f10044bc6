package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** x for x ≥ 0, else a learnt slope times x, one for each channel of a picture; it starts at .25 (He et al., 2015). */
public record Prelu() implements Layer {
    @Override
    public Shape output(Shape input) {
        if (!input.isImage()) {
            throw new ShapeException(this, input, "it wants channels×height×width");
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(WeightSpec.vector("weight", input.channels(), WeightSpec.Role.SLOPE));
    }

    @Override
    public long flops(Shape input) {
        return input.count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.prelu(pass.weight());
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        String slopes = graph.weight();
        // ONNX lines shapes up from the right
        String column = graph.node("Reshape", List.of(slopes, graph.constant(List.of(-1L, 1L, 1L))), Map.of());
        return graph.node("PRelu", List.of(x, column), Map.of());
    }

    @Override
    public String toString() {
        return "prelu";
    }
}
