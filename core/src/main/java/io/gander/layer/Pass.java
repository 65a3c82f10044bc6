package io.gander.layer;

import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk of a batch through a network: hands each layer its weights, in the order in which it named them. */
public final class Pass {
    private final Iterator<Tensor> weights;
    private final boolean training;
    private final double momentum;
    private final @Nullable Draws draws;
    private long drawing;

    /**
     * A pass in which no layer draws.
     *
     * @param weights in the order in which the layers named them
     */
    public Pass(List<Tensor> weights, boolean training) {
        this(weights, training, Double.NaN, null);
    }

    /** @param draws the layers' random numbers; null if none draws */
    public Pass(List<Tensor> weights, boolean training, @Nullable Draws draws) {
        this(weights, training, Double.NaN, draws);
    }

    /**
     * A pass that only gathers statistics.
     *
     * @param momentum how far running statistics move, whatever the layer says
     */
    public Pass(List<Tensor> weights, boolean training, double momentum, @Nullable Draws draws) {
        this.weights = weights.iterator();
        this.training = training;
        this.momentum = momentum;
        this.draws = draws;
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

    /** The next weight. */
    public Tensor weight() {
        return weights.next();
    }

    /** Whether normalisation uses the batch's statistics, and every dropout drops. */
    public boolean training() {
        return training;
    }
}
