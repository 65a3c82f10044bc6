package io.gander.layer;

import io.gander.error.UserError;
import io.gander.tensor.Tensor;
import java.util.List;

/**
 * A layer as a value: it says what it is once, and every reading (shapes, weights, FLOPs, the engine, ONNX) is taken off
 * it. A new layer is one record; its {@code toString} is what people see of it.
 */
public interface Layer {
    /**
     * The shape that comes out.
     *
     * @throws ShapeException if this layer cannot take such an input
     */
    Shape output(Shape input);

    /** The weights, in the order in which {@link #apply} takes them from the pass. */
    default List<WeightSpec> weights(Shape input) {
        return List.of();
    }

    /** Floating-point operations of one example, forward; a multiply and an add are two. */
    default long flops(Shape input) {
        return 0;
    }

    /** The batch's way through this layer. */
    Tensor apply(Tensor x, Pass pass);

    /**
     * Whether, in training, what comes out for an example depends on it and the weights alone: on no other example of the batch, on
     * no random number, and on no earlier pass.
     */
    default boolean independent() {
        return true;
    }

    /**
     * Whether what comes out is a tensor of its own whose values this layer's way back does not need, so that an activation behind
     * it may write over them.
     */
    default boolean overwritable() {
        return false;
    }

    /**
     * Writes this layer, in inference, as ONNX.
     *
     * @param x the input's name
     * @param input the shape of one example that it was made for
     * @return the output's name
     * @throws UserError if it cannot be written so
     */
    default String onnx(GraphWriter graph, String x, Shape input) {
        throw new UserError("the layer '" + this + "' cannot be written as ONNX; use --format safetensors.");
    }
}
