package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The way from a vector to a picture's first few pixels: one learned pattern for each channel, times a number that is made of the
 * vector (Karras et al., 2021, StyleGAN 3, in small; Huang et al., 2024).
 *
 * @param channels that come out
 * @param side of what comes out, pixels
 */
public record LearnedBasis(int channels, int side) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.sizes().size() != 1) {
            throw new ShapeException(this, input, "it wants a vector");
        }
        return Shape.of(channels, side, side);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int inputs = input.sizes().get(0);
        return List.of(
                new WeightSpec("basis", List.of(channels, side, side), WeightSpec.Role.KERNEL, 1, 1, 1, false),
                WeightSpec.kernel(List.of(channels, inputs), inputs, channels).in("linear"));
    }

    @Override
    public long flops(Shape input) {
        return 2L * channels * input.count() + output(input).count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor basis = pass.weight();
        Tensor strength = x.linear(pass.weight(), null).reshape(x.shape()[0], channels, 1, 1);
        return strength.mul(basis.reshape(1, channels, side, side));
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        String basis = graph.weight();
        String strength = graph.node("Gemm", List.of(x, graph.weight()), Map.of("transB", 1L));
        String pixel = graph.constant(List.of(0L, (long) channels, 1L, 1L));
        return graph.node("Mul", List.of(graph.node("Reshape", List.of(strength, pixel), Map.of()), basis), Map.of());
    }

    @Override
    public String toString() {
        return "basis " + channels + "×" + side + "×" + side;
    }
}
