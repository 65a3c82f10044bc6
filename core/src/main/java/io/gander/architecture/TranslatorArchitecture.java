package io.gander.architecture;

import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Architecture;

/** Options from which a generator's network from pictures to pictures is made. */
public interface TranslatorArchitecture extends Architecture {
    /**
     * The network from a picture to a picture {@link #scale()} times as large.
     *
     * @param input channels×height×width of what comes in
     * @param channels of what comes out
     * @throws io.gander.error.UserError if the architecture cannot take such an input
     */
    Network network(Shape input, int channels);

    /** How many times larger than the input the output is: 1, or 2, 3 or 4 for super-resolution. */
    default int scale() {
        return 1;
    }

    /**
     * The height and the width of an input must be multiples of this; 0 if the network takes no other size than the one that
     * it was made for.
     *
     * @param input what the network was made for
     */
    int multiple(Shape input);

    /**
     * Whether a pixel of the output depends on no more than a neighbourhood in the input, so that pieces of any size give what
     * the whole does. A network whose norm looks at the whole picture, or that squeezes it through few numbers, is not.
     */
    default boolean local() {
        return false;
    }

    Output output();
}
