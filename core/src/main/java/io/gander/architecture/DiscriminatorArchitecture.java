package io.gander.architecture;

import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Architecture;

/** Options from which a discriminator's network is made. */
public interface DiscriminatorArchitecture extends Architecture {
    /**
     * The network from a picture to one logit, or to a map of them (1×height×width), one for each patch: the larger, the
     * more real.
     *
     * @param image channels×height×width
     * @param logits outputs: 1 or, in a game with labels, one more for each class
     */
    Network network(Shape image, int logits);

    /** The network to one logit, or a map of them. */
    default Network network(Shape image) {
        return network(image, 1);
    }
}
