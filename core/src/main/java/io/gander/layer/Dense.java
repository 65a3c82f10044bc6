package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A fully connected layer, x·Wᵀ + b.
 *
 * @param units outputs
 */
public record Dense(int units, boolean bias) implements Affine {
    @Override
    public Shape output(Shape input) {
        if (input.sizes().size() != 1) {
            throw new ShapeException(this, input, "it wants a flat vector; put a flatten before it");
        }
        return Shape.of(units);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int in = input.sizes().get(0);
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.kernel(List.of(units, in), in, units));
        if (bias) {
            specs.add(WeightSpec.bias(units, in));
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        return 2L * input.sizes().get(0) * units + (bias ? units : 0);
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.linear(pass.kernel(), bias ? pass.weight() : null);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        List<String> inputs = bias ? List.of(x, graph.weight(), graph.weight()) : List.of(x, graph.weight());
        return graph.node("Gemm", inputs, Map.of("transB", 1L));
    }

    @Override
    public Affine withBias() {
        return new Dense(units, true);
    }

    @Override
    public int outputAxis() {
        return 0;
    }

    @Override
    public String toString() {
        return "dense " + units;
    }
}
