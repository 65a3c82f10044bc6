package io.gander.data;

import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
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
     * @param scale how many times smaller inputs are
     * @param low what a black pixel becomes
     * @param high what a white pixel becomes
     */
    public static Pairs of(
            Recipe recipe,
            Dataset dataset,
            Augmentation augmentation,
            int batch,
            int scale,
            long seed,
            double low,
            double high) {
        return new Pairs(
                new Loader(dataset, augmentation, batch, seed, low, high),
                recipe.data(),
                new Degradation(recipe.degrade(), scale, low, high),
                seed);
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
        if (loader.dataset().pictures() == 1) {
            return new Pair(degradation.apply(batch, Draws.mix(seed, step, DEGRADE)), batch);
        }
        int channels = loader.dataset().channels();
        Tensor a = batch.narrow(1, 0, channels);
        Tensor b = batch.narrow(1, channels, channels);
        return recipe.direction() == DataRecipe.Direction.A_TO_B ? new Pair(a, b) : new Pair(b, a);
    }

    @Override
    public void close() {
        loader.close();
    }
}
