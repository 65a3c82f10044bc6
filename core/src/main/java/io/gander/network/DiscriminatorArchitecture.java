package io.gander.network;

import io.gander.recipe.Architecture;

/** Options from which a discriminator's network is made. */
public interface DiscriminatorArchitecture extends Architecture {
    /**
     * The network from a picture to one logit, or to a map of them (1×height×width), one for each patch: the larger, the
     * more real.
     *
     * @param image channels×height×width
     */
    Network network(Shape image);
}
