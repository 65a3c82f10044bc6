package io.gander.game;

import io.gander.network.Model;
import io.gander.tensor.Engine;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a generator looks like in use: the moving average of its weights, or, without one, itself. */
final class Ema implements AutoCloseable {
    private static final int STATISTICS_BATCHES = 32;
    /** Sets what drops while statistics are measured apart from what drops elsewhere. */
    private static final long DROPOUT = -3;

    private final Player player;
    private final double decay;
    private final @Nullable Model average;
    private final IntFunction<Tensor> inputs;
    /** Whether the average's statistics are those of its present weights. Before the first step it is the player itself, statistics and all. */
    private boolean settled = true;

    /**
     * @param decay of the weights, per step; 0 for none
     * @param inputs makes input batch number i, with which running statistics are measured
     */
    Ema(Player player, double decay, IntFunction<Tensor> inputs) {
        this.player = player;
        this.decay = decay;
        this.average = decay > 0 ? player.model().frozenCopy() : null;
        this.inputs = inputs;
    }

    /** After a step: the decay is smaller at first, so that the average soon forgets the weights that the player began with. */
    void follow(long step) {
        if (average != null) {
            try (Profile.Section section = Profile.section("moving average")) {
                average.follow(player.model(), 1 - Math.min(decay, (1.0 + step) / (10.0 + step)));
            }
            settled = false;
        }
    }

    /** The model to use; it changes nothing that a round looks at. */
    Model model() {
        if (average == null) {
            return player.model();
        }
        if (!settled) {
            settled = true;
            average.measureStatistics(STATISTICS_BATCHES, i -> {
                Tensor batch = inputs.apply(i);
                Engine.seed(Engine.mix(DROPOUT, i)); // what drops shall not depend on what was drawn before
                return batch;
            });
        }
        return average;
    }

    /** Adds what must be saved: in checkpoints the average of "generator-back" is called "ema-back". */
    void addTo(GameState state) {
        if (average != null) {
            String name = "ema" + player.name().substring("generator".length());
            state.add("moving average", name + ".", model().weights());
        }
    }

    @Override
    public void close() {
        if (average != null) {
            average.close();
        }
    }
}
