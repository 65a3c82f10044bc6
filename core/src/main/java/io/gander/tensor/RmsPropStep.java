package io.gander.tensor;

import java.util.List;
import org.bytedeco.pytorch.Scalar;

/** RMSprop's update, neither centred nor with momentum (Hinton, 2012), with ε outside the root as in PyTorch and Keras 2. */
public final class RmsPropStep {
    private RmsPropStep() {}

    /**
     * Moves the parameters in place, and the running means of the squared gradients with them.
     *
     * @param rho decay of those means
     */
    public static void apply(
            List<Tensor> parameters,
            List<Tensor> gradients,
            List<Tensor> squares,
            double rate,
            double rho,
            double epsilon) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Scalar one = new Scalar(1 - rho);
            for (int i = 0; i < parameters.size(); i++) {
                org.bytedeco.pytorch.Tensor gradient = gradients.get(i).raw;
                org.bytedeco.pytorch.Tensor square = squares.get(i).raw;
                square.mul_(new Scalar(rho)).addcmul_(gradient, gradient, one);
                org.bytedeco.pytorch.Tensor root = square.sqrt().add_(new Scalar(epsilon));
                parameters.get(i).raw.addcdiv_(gradient, root, new Scalar(-rate));
            }
        }
    }
}
