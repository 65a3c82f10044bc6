package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The input, enlarged bicubically, plus body(x): so that a network for super-resolution learns only what interpolation lacks
 * (Kim et al., 2016). The kernel is Keys's with a = −.75, as PyTorch's and ONNX's.
 *
 * @param body from one picture to one factor times as large
 * @param factor how many times larger the sides become
 */
public record Enlarged(Sequential body, int factor) implements Composite {
    @Override
    public Shape output(Shape input) {
        if (input.axes().size() != 2) {
            throw new ShapeException(this, input, "it enlarges channels×height×width only");
        }
        Shape enlarged = new Upsample(factor).output(input);
        Shape change = body.output(input);
        if (!change.equals(enlarged)) {
            throw new ShapeException(this, input, "its body makes " + change + " of it, not " + enlarged);
        }
        return enlarged;
    }

    /** Sixteen products and sums for each element, and the sum with the body's. */
    @Override
    public long ownFlops(Shape input) {
        return 33 * output(input).count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.upsampleBicubic(x, factor).add(body.apply(x, pass));
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String enlarged = graph.node(
                "Resize",
                List.of(x, "", graph.reals(Upsample.scales(factor, input))),
                Map.of("mode", "cubic", "cubic_coeff_a", -0.75, "coordinate_transformation_mode", "half_pixel"));
        return graph.node("Add", List.of(enlarged, body.onnx(graph, x, input)), Map.of());
    }

    @Override
    public Enlarged with(Sequential other) {
        return new Enlarged(other, factor);
    }

    @Override
    public String label() {
        return "bicubic " + factor + " +";
    }

    @Override
    public String toString() {
        return label() + " (" + body + ")";
    }
}
