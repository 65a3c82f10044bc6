package io.gander.layer;

import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One walk of a batch through a network: hands each layer its weights, in the order in which it named them. */
public final class Pass {
    private final Iterator<Tensor> weights;
    private final boolean training;
    private final double momentum;
    private final @Nullable Draws draws;
    private final UnaryOperator<Tensor> kernels;
    private long drawing;

    /**
     * A pass in which no layer draws, in float32.
     *
     * @param weights in the order in which the layers named them
     */
    public Pass(List<Tensor> weights, boolean training) {
        this(weights, training, Double.NaN, null, weight -> weight);
    }

    /**
     * @param weights in the order in which the layers named them
     * @param momentum how far running statistics move, whatever the layer says; NaN for what it says
     * @param draws the layers' random numbers; null if none draws
     * @param kernels a weight as products want it: in the pass's precision
     */
    public Pass(
            List<Tensor> weights,
            boolean training,
            double momentum,
            @Nullable Draws draws,
            UnaryOperator<Tensor> kernels) {
        this.weights = weights.iterator();
        this.training = training;
        this.momentum = momentum;
        this.draws = draws;
        this.kernels = kernels;
    }

    /** The same for a layer inside another one, which hands it weights of its own. */
    Pass with(List<Tensor> others) {
        return new Pass(others, training, momentum, draws, kernels);
    }

    /** The random numbers of the layer that asks: each that asks, in the network's order, has a place of its own. */
    public Draws draws() {
        if (draws == null) {
            throw new IllegalStateException("this network draws random numbers: apply it with Draws");
        }
        return draws.at(drawing++);
    }

    /** How far a layer's running statistics move towards the batch's. */
    public double momentum(double own) {
        return Double.isNaN(momentum) ? own : momentum;
    }

    /** The next weight, in float32. */
    public Tensor weight() {
        return weights.next();
    }

    /** The next weight, as products want it. */
    public Tensor kernel() {
        return kernels.apply(weights.next());
    }

    /** Whether normalisation uses the batch's statistics, and every dropout drops. */
    public boolean training() {
        return training;
    }
}
