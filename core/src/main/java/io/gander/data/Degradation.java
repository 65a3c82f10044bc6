package io.gander.data;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.image.Bitmap;
import io.gander.image.Decoder;
import io.gander.image.JpegEncoder;
import io.gander.layer.Output;
import io.gander.modality.Resampling;
import io.gander.modality.Transforms;
import io.gander.recipe.Range;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes bad pictures of good ones, from nothing but the recipe and a seed: blur, fewer pixels, noise, JPEG, grey, missing
 * blocks, in this order.
 *
 * @param scale how many times smaller the result stays, for super-resolution; 1 for the same size
 * @param range in which pictures are held
 */
public record Degradation(DegradeRecipe recipe, int scale, Output range) {
    /** Whether anything is done to a picture. */
    public boolean any() {
        return recipe.any() || scale > 1;
    }

    /**
     * Degrades a batch.
     *
     * @param batch [n, c, h, w], low…high
     * @return [n, c, h/scale, w/scale], low…high
     */
    public Tensor apply(Tensor batch, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int n = (int) batch.shape()[0];
        Tensor result = batch;
        if (recipe.blur().most() > 0) {
            result = Resampling.blur(result, draws(recipe.blur(), n, random));
        }
        result = resize(result);
        if (recipe.noise().most() > 0) {
            Tensor noise = Draws.of(random.nextLong()).normal(result.shape());
            result = eightBits(result.add(
                    noise.mul(column(draws(recipe.noise(), n, random))).mul((range.high() - range.low()) / 255)));
        }
        if (recipe.jpeg().most() > 0) {
            result = jpeg(result, draws(recipe.jpeg(), n, random));
        }
        if (recipe.grey()) {
            result = grey(result);
        }
        if (recipe.blur().most() > 0 || recipe.grey()) {
            result = eightBits(result);
        }
        if (recipe.blocks().most() > 0) {
            result = lose(result, draws(recipe.blocks(), n, random), random);
        }
        return result;
    }

    /**
     * Degrades one picture.
     *
     * @return scale times smaller; rows and columns that the scale does not divide are cut off at the bottom and the right
     */
    public Bitmap apply(Bitmap picture, long seed) {
        int height = picture.height() / scale * scale;
        int width = picture.width() / scale * scale;
        if (height == 0 || width == 0) {
            throw new UserError("a picture of " + picture.width() + "×" + picture.height() + " pixels cannot become "
                    + scale + " times smaller; use larger ones.");
        }
        Bitmap whole = picture.crop(0, 0, width, height);
        byte[] planes = new byte[whole.pixels().length];
        whole.planes(planes, 0);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor batch = Tensor.ofPixels(planes, range.low(), range.high(), 1, whole.channels(), height, width);
            byte[] bad = apply(batch, seed).toPixels(range.low(), range.high());
            return Bitmap.ofPlanes(bad, 0, whole.channels(), height / scale, width / scale);
        }
    }

    /** Grey in every channel, as the generator was trained to see it. */
    public Tensor grey(Tensor batch) {
        Tensor luma = Transforms.grey(batch);
        return batch.shape()[1] == 1 ? luma : Tensor.concat(1, luma, luma, luma);
    }

    private static double[] draws(Range range, int n, SplittableRandom random) {
        return random.doubles(n).map(range::at).toArray();
    }

    private static Tensor column(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, values.length, 1, 1, 1);
    }

    private Tensor resize(Tensor batch) {
        int height = (int) batch.shape()[2];
        int width = (int) batch.shape()[3];
        Tensor result = batch;
        if (recipe.lowResolution() > 1) {
            int by = recipe.lowResolution();
            result = eightBits(Resampling.bicubic(result, Math.max(1, height / by), Math.max(1, width / by)));
            result = eightBits(Resampling.bicubic(result, height, width));
        }
        return scale == 1 ? result : eightBits(Resampling.bicubic(result, height / scale, width / scale));
    }

    /** What a file would hold of it. */
    private Tensor eightBits(Tensor batch) {
        return Tensor.ofPixels(batch.toPixels(range.low(), range.high()), range.low(), range.high(), batch.shape());
    }

    private Tensor jpeg(Tensor batch, double[] quality) {
        long[] shape = batch.shape();
        int channels = (int) shape[1];
        int height = (int) shape[2];
        int width = (int) shape[3];
        byte[] pixels = batch.toPixels(range.low(), range.high());
        int bytes = channels * height * width;
        for (int i = 0; i < quality.length; i++) {
            if (quality[i] < 1) {
                continue; // 0 means none, and a range may begin there
            }
            byte[] file = JpegEncoder.encode(
                    Bitmap.ofPlanes(pixels, i * bytes, channels, height, width), (int) Math.round(quality[i]));
            try {
                Decoder.decode(file, 0).withChannels(channels).planes(pixels, i * bytes);
            } catch (BrokenExample e) {
                throw new IllegalStateException("the JPEG that was just written cannot be read", e);
            }
        }
        return Tensor.ofPixels(pixels, range.low(), range.high(), shape);
    }

    /** Squares on a lattice, so that the share that is missing is the share that was asked for. */
    private Tensor lose(Tensor batch, double[] shares, SplittableRandom random) {
        int height = (int) batch.shape()[2];
        int width = (int) batch.shape()[3];
        int side = recipe.blockSize();
        int across = (width + side - 1) / side;
        int down = (height + side - 1) / side;
        float[] missing = new float[shares.length * height * width];
        for (int n = 0; n < shares.length; n++) {
            int[] lattice =
                    random.ints((long) across * down, 0, Integer.MAX_VALUE).toArray();
            int[] sorted = lattice.clone();
            Arrays.sort(sorted);
            int count = (int) Math.round(shares[n] * sorted.length);
            int limit = count == 0 ? -1 : sorted[count - 1];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    boolean lost = lattice[y / side * across + x / side] <= limit;
                    missing[(n * height + y) * width + x] = lost ? 1 : 0;
                }
            }
        }
        Tensor mask = Tensor.of(missing, shares.length, 1, height, width);
        return Tensor.where(mask, Tensor.full((range.low() + range.high()) / 2, 1, 1, 1, 1), batch);
    }
}
