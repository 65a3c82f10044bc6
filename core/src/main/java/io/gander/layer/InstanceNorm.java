package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Instance normalisation without scale and shift (Ulyanov et al., 2016): each channel of each example gets mean 0 and
 * variance 1, in training and in use alike. An example of one point becomes 0.
 *
 * @param channels that come in and out
 * @param epsilon added to the variance
 */
public record InstanceNorm(int channels, double epsilon) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.spatial(this).channels() != channels) {
            throw new ShapeException(this, input, "it wants " + channels + " channels");
        }
        return input;
    }

    @Override
    public long flops(Shape input) {
        return 2 * input.count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.instanceNorm(x, epsilon);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String one = graph.reals(Collections.nCopies(channels, 1.0));
        String zero = graph.reals(Collections.nCopies(channels, 0.0));
        return graph.node("InstanceNormalization", List.of(x, one, zero), Map.of("epsilon", epsilon));
    }

    @Override
    public String toString() {
        return "instanceNorm";
    }
}
