package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * x and, behind it, body(x), as channels of one example (Ronneberger et al., 2015).
 *
 * @param body to the same axes
 */
public record Skip(Sequential body) implements Composite {
    @Override
    public Shape output(Shape input) {
        Shape made = body.output(input);
        if (!made.axes().equals(input.axes())) {
            throw new ShapeException(this, input, "its body makes " + made + " of it, which does not fit beside it");
        }
        return input.with(input.channels() + made.channels());
    }

    @Override
    public long ownFlops(Shape input) {
        return 0;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Tensor.concat(1, x, body.apply(x, pass));
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node("Concat", List.of(x, body.onnx(graph, x, input)), Map.of("axis", 1L));
    }

    @Override
    public Skip with(Sequential other) {
        return new Skip(other);
    }

    @Override
    public String label() {
        return "skip";
    }

    @Override
    public String toString() {
        return label() + " (" + body + ")";
    }
}
