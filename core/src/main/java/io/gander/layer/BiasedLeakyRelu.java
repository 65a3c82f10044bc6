package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A bias for each channel, then x for x ≥ 0, else .2·x. */
public record BiasedLeakyRelu() implements Layer {
    private static final double SLOPE = 0.2;

    /** √(2 / (1 + .2²)): what keeps the variance, if the weights before it are that much larger. */
    public static final double GAIN = Math.sqrt(2 / (1 + SLOPE * SLOPE));

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(WeightSpec.bias(input.channels(), 1));
    }

    @Override
    public long flops(Shape input) {
        return 2 * input.count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor bias = pass.weight();
        return Functional.leakyReluInPlace(x.add(Functional.perChannel(bias, x)), SLOPE);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String shape = graph.constant(input.point(1L, -1L));
        String bias = graph.node("Reshape", List.of(graph.weight(), shape), Map.of());
        return graph.node("LeakyRelu", List.of(graph.node("Add", List.of(x, bias), Map.of())), Map.of("alpha", SLOPE));
    }

    @Override
    public String toString() {
        return "bias + leakyRelu .2";
    }
}
