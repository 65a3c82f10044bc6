package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The way from a vector to an example's first few points: one learned pattern for each channel, times a number that is made of the
 * vector (Karras et al., 2021, StyleGAN 3, in small; Huang et al., 2024).
 *
 * @param shape that comes out
 */
public record LearnedBasis(Shape shape) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.sizes().size() != 1) {
            throw new ShapeException(this, input, "it wants a vector");
        }
        return shape;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int inputs = input.channels();
        int channels = shape.channels();
        return List.of(
                new WeightSpec("basis", shape.sizes(), WeightSpec.Role.KERNEL, 1, 1, 1, false),
                WeightSpec.kernel(List.of(channels, inputs), inputs, channels).in("linear"));
    }

    @Override
    public long flops(Shape input) {
        return 2L * shape.channels() * input.count() + shape.count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor basis = pass.kernel();
        Tensor strength = x.linear(pass.kernel(), null);
        return strength.reshape(shape.along(side -> 1).batch(-1)).mul(basis.reshape(shape.batch(1)));
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String basis = graph.weight();
        String strength = graph.node("Gemm", List.of(x, graph.weight()), Map.of("transB", 1L));
        String pixel = graph.constant(shape.point(0L, (long) shape.channels()));
        return graph.node("Mul", List.of(graph.node("Reshape", List.of(strength, pixel), Map.of()), basis), Map.of());
    }

    @Override
    public String toString() {
        return "basis " + shape;
    }
}
