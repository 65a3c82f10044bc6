package io.gander.architecture;

import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Architecture;

/** Options from which a generator's network is made for any size of example that the architecture can reach. */
public interface GeneratorArchitecture extends Architecture {
    /**
     * The network from a vector to an example.
     *
     * @param example channels and the axes behind them
     * @param inputs numbers in the vector: the latents and, in a game with labels, the class's embedding
     */
    Network network(Shape example, int inputs);

    /** The network from the latents alone. */
    default Network network(Shape example) {
        return network(example, latent().size());
    }

    Latent latent();

    Output output();
}
