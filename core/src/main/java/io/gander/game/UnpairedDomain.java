package io.gander.game;

import io.gander.data.Loader;
import io.gander.objective.Objective;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.List;

/**
 * One of the two sets of an unpaired game, with who makes and who judges its pictures. Owns them until closed.
 *
 * @param from makes pictures of this set from pictures of the other
 * @param discriminator tells real pictures of this set from made ones
 * @param pool earlier made ones
 * @param inputs pictures of the other set, with which running statistics are measured
 * @param shown what samples are made of
 */
record UnpairedDomain(
        Player from, Player discriminator, Ema ema, ImagePool pool, Loader real, Loader inputs, Loader shown)
        implements AutoCloseable {
    /** A picture of the other set as one of this. */
    Tensor translate(Tensor other, Draws draws) {
        return from.model().apply(other, true, draws);
    }

    Objective.Critic critic(Draws draws) {
        return new ModelCritic((pictures, own) -> discriminator.model().apply(pictures, true, own), draws);
    }

    @Override
    public void close() {
        List.of(from, discriminator).forEach(Player::close);
        List.of(real, inputs, shown).forEach(Loader::close);
        ema.close();
        pool.close();
    }
}
