package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** x for x ≥ 0, else a learnt slope times x, one for each channel; it starts at .25 (He et al., 2015). */
public record Prelu() implements Layer {
    @Override
    public Shape output(Shape input) {
        return input.spatial(this);
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
        return Functional.prelu(x, pass.weight());
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String slopes = graph.weight();
        String column = graph.node("Reshape", List.of(slopes, graph.constant(input.point(-1L))), Map.of());
        return graph.node("PRelu", List.of(x, column), Map.of());
    }

    @Override
    public String toString() {
        return "prelu";
    }
}
