package io.gander.layer;

import io.gander.error.Numbers;
import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Batch normalisation over the channels (Ioffe and Szegedy, 2015).
 *
 * @param epsilon added to the variance
 * @param momentum how far the running statistics move towards the batch's, per step (Keras says 1 − this)
 */
public record BatchNorm(double epsilon, double momentum) implements Layer {
    private static final double USUAL = 1e-5; // in PyTorch, for example

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        int n = input.channels();
        return List.of(
                WeightSpec.vector("weight", n, WeightSpec.Role.SCALE),
                WeightSpec.vector("bias", n, WeightSpec.Role.SHIFT),
                WeightSpec.vector("running_mean", n, WeightSpec.Role.RUNNING_MEAN),
                WeightSpec.vector("running_var", n, WeightSpec.Role.RUNNING_VARIANCE));
    }

    @Override
    public long flops(Shape input) {
        return 2 * input.count();
    }

    @Override
    public boolean independent() {
        return false;
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.batchNorm(
                x,
                pass.weight(),
                pass.weight(),
                pass.weight(),
                pass.weight(),
                pass.training(),
                pass.momentum(momentum),
                epsilon);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node(
                "BatchNormalization",
                List.of(x, graph.weight(), graph.weight(), graph.weight(), graph.weight()),
                Map.of("epsilon", epsilon));
    }

    @Override
    public String toString() {
        return epsilon == USUAL ? "batchNorm" : "batchNorm, epsilon " + Numbers.text(epsilon);
    }
}
