package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Group normalisation (Wu and He, 2018): the channels of an example, in so many groups, get mean 0 and variance 1, then a scale and a
 * shift each. One group is layer normalisation (Ba et al., 2016).
 */
public record GroupNorm(int groups, double epsilon) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (input.spatial(this).channels() % groups != 0) {
            throw new ShapeException(this, input, "it wants channels in " + groups + " groups");
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return List.of(
                WeightSpec.vector("weight", input.channels(), WeightSpec.Role.SCALE),
                WeightSpec.vector("bias", input.channels(), WeightSpec.Role.SHIFT));
    }

    @Override
    public long flops(Shape input) {
        return 4 * input.count();
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.groupNorm(x, groups, pass.weight(), pass.weight(), epsilon);
    }

    /** As an instance norm of the groups, each as one row. */
    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String rows = graph.node("Reshape", List.of(x, graph.constant(List.of(0L, (long) groups, -1L))), Map.of());
        String one = graph.reals(Collections.nCopies(groups, 1.0));
        String zero = graph.reals(Collections.nCopies(groups, 0.0));
        String even = graph.node("InstanceNormalization", List.of(rows, one, zero), Map.of("epsilon", epsilon));
        String back = graph.node("Reshape", List.of(even, graph.node("Shape", List.of(x), Map.of())), Map.of());
        String each = graph.constant(input.point(1L, -1L));
        String scale = graph.node("Reshape", List.of(graph.weight(), each), Map.of());
        String shift = graph.node("Reshape", List.of(graph.weight(), each), Map.of());
        String scaled = graph.node("Mul", List.of(back, scale), Map.of());
        return graph.node("Add", List.of(scaled, shift), Map.of());
    }

    @Override
    public String toString() {
        return groups == 1 ? "layerNorm" : "groupNorm " + groups;
    }
}
