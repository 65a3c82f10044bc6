package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Pictures continued on every side by their own mirror image; the pixel at the border is not repeated.
 *
 * @param padding rows and columns added on every side; less than the picture's sides
 */
public record ReflectionPad(int padding) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (!input.isImage()) {
            throw new ShapeException(this, input, "it wants channels×height×width");
        }
        if (input.height() <= padding || input.width() <= padding) {
            throw new ShapeException(this, input, "sides of at least " + (padding + 1) + " have so much to reflect");
        }
        return Shape.of(input.channels(), input.height() + 2 * padding, input.width() + 2 * padding);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.reflectionPad(padding);
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        long p = padding;
        String pads = graph.constant(List.of(0L, 0L, p, p, 0L, 0L, p, p));
        return graph.node("Pad", List.of(x, pads), Map.of("mode", "reflect"));
    }

    @Override
    public String toString() {
        return "reflectionPad " + padding;
    }
}
