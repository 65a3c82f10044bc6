package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Every axis continued at both ends by its own mirror image; the point at the border is not repeated.
 *
 * @param padding points added at every end; less than the axes
 */
public record ReflectionPad(int padding) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.spatial(this).least() <= padding) {
            throw new ShapeException(this, input, "sides of at least " + (padding + 1) + " have so much to reflect");
        }
        return input.along(side -> side + 2 * padding);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.reflectionPad(x, padding);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        List<Long> ends =
                Stream.concat(Stream.of(0L, 0L), input.each(padding).stream()).toList();
        String pads = graph.constant(Stream.of(ends, ends).flatMap(List::stream).toList());
        return graph.node("Pad", List.of(x, pads), Map.of("mode", "reflect"));
    }

    @Override
    public String toString() {
        return "reflectionPad " + padding;
    }
}
