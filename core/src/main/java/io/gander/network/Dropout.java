package io.gander.network;

import io.gander.tensor.Tensor;

/**
 * Drops elements in training and scales the rest up (Srivastava et al., 2014).
 *
 * @param probability of an element to be zeroed, 0 ≤ p < 1
 */
public record Dropout(double probability) implements Layer {
    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return pass.training() && probability > 0 ? x.dropout(probability) : x;
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        return x;
    }

    @Override
    public String toString() {
        return "dropout " + probability;
    }
}
