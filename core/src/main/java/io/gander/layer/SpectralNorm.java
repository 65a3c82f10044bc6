package io.gander.layer;

import io.gander.tensor.NoGrad;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A layer whose kernel, seen as a matrix of one row for each output, is divided by its largest singular value, so that the layer cannot
 * be steeper than 1 (Miyato et al., 2018). The singular vector is followed by one step of power iteration a pass in training, as
 * PyTorch does. For discriminators.
 */
public record SpectralNorm(Affine layer) implements Layer {
    private static final double EPSILON = 1e-12;

    @Override
    public Shape output(Shape input) {
        return layer.output(input);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> specs = new ArrayList<>(layer.weights(input));
        int outputs = specs.get(0).sizes().get(layer.outputAxis());
        specs.add(WeightSpec.vector("u", outputs, WeightSpec.Role.DIRECTION));
        return specs;
    }

    @Override
    public long flops(Shape input) {
        return layer.flops(input);
    }

    @Override
    public boolean independent() {
        return false;
    }

    @Override
    public boolean overwritable() {
        return layer.overwritable();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor kernel = pass.weight();
        List<Tensor> weights = new ArrayList<>();
        weights.add(kernel); // the place of the divided one
        if (layer.bias()) {
            weights.add(pass.weight());
        }
        Tensor direction = pass.weight();
        long outputs = kernel.shape()[layer.outputAxis()];
        Tensor matrix = kernel.reshape(outputs, -1);
        Tensor u;
        Tensor v;
        try (NoGrad off = NoGrad.open()) {
            v = unit(matrix.mul(direction.reshape(outputs, 1)).sum(0).reshape(1, -1));
            if (pass.training()) {
                direction.set(unit(v.linear(matrix, null)).reshape(outputs));
            }
            u = direction
                    .copy()
                    .reshape(1, outputs); // the next pass moves it while this one's gradients are still to come
        }
        Tensor sigma = v.linear(matrix, null).mul(u).sum();
        weights.set(0, kernel.div(sigma));
        return layer.apply(x, pass.with(weights));
    }

    private static Tensor unit(Tensor vector) {
        return vector.div(vector.norm().add(EPSILON));
    }

    @Override
    public String toString() {
        return layer + ", spectral norm";
    }
}
