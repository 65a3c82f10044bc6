package io.gander.layer;

import java.util.List;

/**
 * A layer around a sequence of others, whose input it uses twice. Its weights are the body's, under the body's names: as
 * those of a PyTorch module that extends {@code nn.Sequential}.
 */
public interface Composite extends Layer {
    Sequential body();

    /** The same layer around another body. */
    Composite with(Sequential body);

    /** What this does with the body's result, in a word or two. */
    String label();

    /** Operations beside the body's, of one example. */
    long ownFlops(Shape input);

    @Override
    default List<WeightSpec> weights(Shape input) {
        return body().weights(input);
    }

    @Override
    default boolean independent() {
        return body().independent();
    }

    @Override
    default long flops(Shape input) {
        return body().flops(input) + ownFlops(input);
    }
}
