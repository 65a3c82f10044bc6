package io.gander.game;

import io.gander.architecture.Latent;
import io.gander.data.Dataset;
import io.gander.data.Loader;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Gives what a game from noise is played with: real examples, latents and, in a game with labels, classes.
 *
 * @param latent how noise is drawn
 * @param classes how many classes the generator is told apart; 0 for a game without labels
 */
record Batches(Loader real, Latent latent, int classes) implements AutoCloseable {
    /**
     * One move's share.
     *
     * @param x real examples
     * @param labels of these, which the generated ones are asked to have too: [n, classes], one-hot
     * @param input what the generator makes as many of
     * @param draws for all else that is drawn in this move, at places within
     */
    record Batch(Tensor x, @Nullable Tensor labels, Tensor input, Draws draws) {}

    /**
     * What a move is played with.
     *
     * @param move counts from 1
     * @param draws the move's; latents are drawn at its very place
     */
    Batch batch(long move, Draws draws) {
        Tensor x = real.batch(move);
        Tensor labels = classes > 0 ? real.labels(classes) : null;
        return new Batch(x, labels, input(latent.draw((int) x.shape()[0], draws), labels), draws);
    }

    /** What the generator makes samples of: one class after the other. */
    Tensor samples(int count, Draws draws) {
        Tensor latents = latent.draw(count, draws);
        return input(latents, classes > 0 ? Latent.classes(i -> i % classes, count, classes) : null);
    }

    private static Tensor input(Tensor latents, @Nullable Tensor labels) {
        return labels == null ? latents : Tensor.concat(1, latents, labels);
    }

    Dataset dataset() {
        return real.dataset();
    }

    @Override
    public void close() {
        real.close();
    }
}
