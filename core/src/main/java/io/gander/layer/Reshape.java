package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same elements in another shape; a flatten is a reshape to one size. */
public record Reshape(Shape shape) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.count() != shape.count()) {
            throw new ShapeException(this, input, input.count() + " elements do not fill " + shape);
        }
        return shape;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.reshape(shape.batch(-1));
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        List<Long> sizes = new ArrayList<>();
        sizes.add(0L); // as the input's: unlike −1, it keeps the batch's name in what others infer of the graph
        shape.sizes().forEach(size -> sizes.add(size.longValue()));
        return graph.node("Reshape", List.of(x, graph.constant(sizes)), Map.of());
    }

    @Override
    public String toString() {
        return "reshape " + shape;
    }
}
