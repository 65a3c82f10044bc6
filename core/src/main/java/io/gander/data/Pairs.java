package io.gander.data;

import io.gander.modality.Codec;
import io.gander.recipe.DataRecipe;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;

/**
 * Inputs with what shall become of them: the two pictures of a pair, or a picture and what a degradation left of it. A batch
 * depends on nothing but seed and step.
 */
public final class Pairs implements AutoCloseable {
    private static final long DEGRADE = 1;

    /**
     * A batch.
     *
     * @param input [n, c, h/scale, w/scale]
     * @param target [n, c, h, w]
     */
    public record Pair(Tensor input, Tensor target) {}

    private final Loader loader;
    private final DataRecipe recipe;
    private final Degradation degradation;
    private final long seed;

    private Pairs(Loader loader, DataRecipe recipe, Degradation degradation, long seed) {
        this.loader = loader;
        this.recipe = recipe;
        this.degradation = degradation;
        this.seed = seed;
    }

    /**
     * The pairs of a recipe, in batches.
     *
     * @param dataset pairs, or single pictures to be degraded
     * @param codec of the dataset, in the range of the networks
     * @param degradation of single pictures
     */
    public static Pairs of(
            DataRecipe recipe, Dataset dataset, Codec codec, Degradation degradation, int batch, long seed) {
        return new Pairs(new Loader(dataset, codec, batch, seed), recipe, degradation, seed);
    }

    public Dataset dataset() {
        return loader.dataset();
    }

    /**
     * The examples of a step.
     *
     * @param step counts from 1
     */
    public Pair batch(long step) {
        Tensor batch = loader.batch(step);
        if (loader.dataset().codec().members() == 1) {
            return new Pair(degradation.apply(batch, Draws.mix(seed, step, DEGRADE)), batch);
        }
        int channels = (int) batch.shape()[1] / 2;
        Tensor a = batch.narrow(1, 0, channels);
        Tensor b = batch.narrow(1, channels, channels);
        return forward() ? new Pair(a, b) : new Pair(b, a);
    }

    private boolean forward() {
        return recipe.direction() == DataRecipe.Direction.A_TO_B;
    }

    /** Which picture of a pair is made of which, for people; empty for single pictures. */
    public String direction() {
        if (loader.dataset().codec().members() == 1) {
            return "";
        }
        boolean sides = recipe.pairs() == DataRecipe.Pairs.SIDE_BY_SIDE;
        String a = sides ? "left" : "first";
        String b = sides ? "right" : "second";
        return forward()
                ? "makes the " + b + " of the " + a + " (data.direction=a-to-b)"
                : "makes the " + a + " of the " + b + " (data.direction=b-to-a)";
    }

    @Override
    public void close() {
        loader.close();
    }
}
