package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/** One walk of a batch through a network: hands each layer its weights, in the order in which it named them. */
public final class Pass {
    private final Iterator<Tensor> weights;
    private final boolean training;
    private final double momentum;

    /** @param weights in the order in which the layers named them */
    public Pass(List<Tensor> weights, boolean training) {
        this(weights, training, Double.NaN);
    }

    /**
     * A pass that only gathers statistics.
     *
     * @param momentum how far running statistics move, whatever the layer says
     */
    public Pass(List<Tensor> weights, boolean training, double momentum) {
        this.weights = weights.iterator();
        this.training = training;
        this.momentum = momentum;
    }

    /** How far a layer's running statistics move towards the batch's. */
    public double momentum(double own) {
        return Double.isNaN(momentum) ? own : momentum;
    }

    /** The next weight. */
    public Tensor weight() {
        return weights.next();
    }

    /** Whether normalisation uses the batch's statistics, and every dropout drops. */
    public boolean training() {
        return training;
    }
}
