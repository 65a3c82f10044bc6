package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

// template
/** A template: each point's channels, divided by their root mean square; then a learnt scale for each (Zhang and Sennrich, 2019). */
public record TemplateLayer() implements Layer {
    private static final double EPSILON = 1e-6;

    @Override
    public Shape output(Shape input) {
        return input;
    }

    /** In the order in which {@link #apply} takes them; the role says how they start: here at 1. */
    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(WeightSpec.vector("weight", input.channels(), WeightSpec.Role.SCALE));
    }

    @Override
    public long flops(Shape input) {
        return 4 * input.count();
    }

    /** x is [n, channels, …], with no axis behind the channels, or up to three. */
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor root = x.square().mean(1).add(EPSILON).sqrt(); // [n, 1, …]
        return x.div(root).mul(Functional.perChannel(pass.weight(), x));
    }

    /** Without this method the layer cannot be written as ONNX, and says so. */
    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String square = graph.node("Mul", List.of(x, x), Map.of());
        String mean = graph.node("ReduceMean", List.of(square), Map.of("axes", List.of(1L)));
        String sum = graph.node("Add", List.of(mean, graph.reals(List.of(EPSILON))), Map.of());
        String root = graph.node("Sqrt", List.of(sum), Map.of());
        String unit = graph.node("Div", List.of(x, root), Map.of());
        String scale = graph.node("Reshape", List.of(graph.weight(), graph.constant(input.point(-1L))), Map.of());
        return graph.node("Mul", List.of(unit, scale), Map.of());
    }

    @Override
    public String toString() {
        return "template";
    }
}
// end of template
