package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * x + scale·body(x) (He et al., 2016).
 *
 * @param body from one shape to the same
 * @param scale 1, or less where many such branches would make the sum too large (Szegedy et al., 2017, section 3.3)
 */
public record Residual(Sequential body, double scale) implements Composite {
    @Override
    public Shape output(Shape input) {
        Shape change = body.output(input);
        if (!change.equals(input)) {
            throw new ShapeException(this, input, "its body makes " + change + " of it, which cannot be added");
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> specs = body.weights(input);
        return scale < 1 ? specs.stream().map(WeightSpec::damp).toList() : specs;
    }

    @Override
    public long ownFlops(Shape input) {
        return scale == 1 ? input.count() : 2 * input.count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor change = body.apply(x, pass);
        return x.add(scale == 1 ? change : change.mul(scale));
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String change = body.onnx(graph, x, input);
        String scaled = scale == 1 ? change : graph.node("Mul", List.of(change, graph.reals(List.of(scale))), Map.of());
        return graph.node("Add", List.of(x, scaled), Map.of());
    }

    @Override
    public Residual with(Sequential other) {
        return new Residual(other, scale);
    }

    @Override
    public String label() {
        return scale == 1 ? "residual" : "residual " + scale;
    }

    @Override
    public String toString() {
        return label() + " (" + body + ")";
    }
}
