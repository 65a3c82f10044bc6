package io.gander.layer;

import io.gander.tensor.Tensor;

/**
 * Drops elements in training and scales the rest up (Srivastava et al., 2014). A network from pictures to pictures may do
 * so in use as well: it is then the noise from which one input has many outputs (Isola et al., 2017, section 3.1). An
 * exported network leaves it out: it answers the same at every call.
 *
 * @param probability of an element to be zeroed, 0 ≤ p &lt; 1
 * @param inUse whether it also drops in use, not only in training
 */
public record Dropout(double probability, boolean inUse) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public boolean independent() {
        return false;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return (pass.training() || inUse) && probability > 0 ? pass.draws().dropped(x, probability) : x;
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return x;
    }

    @Override
    public String toString() {
        return "dropout " + probability + (inUse ? ", in use too" : "");
    }
}
