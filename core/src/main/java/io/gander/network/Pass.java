package io.gander.network;

import io.gander.tensor.Tensor;
import java.util.Iterator;
import java.util.List;

/** One walk of a batch through a network: hands each layer its weights, in the order in which it named them. */
public final class Pass {
    private final Iterator<Tensor> weights;
    private final boolean training;

    Pass(List<Tensor> weights, boolean training) {
        this.weights = weights.iterator();
        this.training = training;
    }

    /** The next weight. */
    public Tensor weight() {
        return weights.next();
    }

    /** Whether normalisation uses the batch's statistics, and dropout drops. */
    public boolean training() {
        return training;
    }
}
