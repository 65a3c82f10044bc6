package io.gander.game;

import io.gander.network.Model;
import io.gander.tensor.Draws;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a generator looks like in use: the moving average of its weights, or, without one, itself. */
final class Ema implements AutoCloseable {
    private static final int STATISTICS_BATCHES = 32;

    private final Player player;
    private final double decay;
    private final @Nullable Model average;
    private final IntFunction<Tensor> inputs;
    private final Draws draws;
    /** Whether the average's statistics are those of its present weights. Before the first step it is the player itself, statistics and all. */
    private boolean settled = true;

    /**
     * @param decay of the weights, per step; 0 for none
     * @param inputs makes input batch number i, with which running statistics are measured
     * @param draws for what drops meanwhile
     */
    Ema(Player player, double decay, IntFunction<Tensor> inputs, Draws draws) {
        this.player = player;
        this.decay = decay;
        this.average = decay > 0 ? player.model().frozenCopy() : null;
        this.inputs = inputs;
        this.draws = draws;
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

    /** Measures the average's running statistics, if its weights moved; nothing that a round looks at changes. */
    void settle() {
        if (average != null && !settled) {
            average.measureStatistics(STATISTICS_BATCHES, inputs, draws);
            settled = true;
        }
    }

    /** The model to use, settled. */
    Model settled() {
        settle();
        return model();
    }

    /** The model; its statistics are those of its weights once it is {@linkplain #settle settled}. */
    private Model model() {
        return average == null ? player.model() : average;
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
