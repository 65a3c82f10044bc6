package io.gander.network;

import io.gander.recipe.Architecture;

/** Options from which a generator's network is made for any picture size that the architecture can reach. */
public interface GeneratorArchitecture extends Architecture {
    /**
     * The network from a latent vector to a picture.
     *
     * @param image channels×height×width
     */
    Network network(Shape image);

    Latent latent();

    Output output();
}
