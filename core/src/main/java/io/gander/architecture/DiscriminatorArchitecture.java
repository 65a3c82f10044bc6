package io.gander.architecture;

import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Architecture;

/** Options from which a discriminator's network is made. */
public interface DiscriminatorArchitecture extends Architecture {
    /**
     * The network from an example to one logit, or to a map of them, one for each patch: the larger, the
     * more real.
     *
     * @param example channels and the axes behind them
     * @param logits outputs: 1 or, in a game with labels, one more for each class
     */
    Network network(Shape example, int logits);

    /** The network to one logit, or a map of them. */
    default Network network(Shape example) {
        return network(example, 1);
    }
}
