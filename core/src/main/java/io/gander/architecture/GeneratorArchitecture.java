package io.gander.architecture;

import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Architecture;

/** Options from which a generator's network is made for any picture size that the architecture can reach. */
public interface GeneratorArchitecture extends Architecture {
    /**
     * The network from a vector to a picture.
     *
     * @param image channels×height×width
     * @param inputs numbers in the vector: the latents and, in a game with labels, the class's embedding
     */
    Network network(Shape image, int inputs);

    /** The network from the latents alone. */
    default Network network(Shape image) {
        return network(image, latent().size());
    }

    Latent latent();

    Output output();
}
