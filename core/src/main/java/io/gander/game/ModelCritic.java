package io.gander.game;

import io.gander.objective.Objective;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.function.BiFunction;

/** A discriminator as objectives ask it: what drops in it is drawn anew each time, at (call). */
final class ModelCritic implements Objective.Critic {
    private final BiFunction<Tensor, Draws, Tensor> network;
    private final Draws draws;
    private long calls;

    ModelCritic(BiFunction<Tensor, Draws, Tensor> network, Draws draws) {
        this.network = network;
        this.draws = draws;
    }

    @Override
    public Tensor apply(Tensor pictures) {
        return network.apply(pictures, draws.at(calls++));
    }
}
