package io.gander.data;

import io.gander.recipe.DataRecipe;
import io.gander.recipe.DataRecipe.Crop;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * What is done to the pictures of a batch, anew each time and from nothing but seed and step: a crop while they are gathered,
 * mirroring and colour on the engine. Both pictures of a pair get the same.
 *
 * @param size height and width of what comes out, pixels
 * @param crop which part of larger pictures is taken
 * @param flip whether half of the pictures are mirrored, left to right
 * @param colourJitter j: brightness, contrast and saturation are each scaled by a factor from 1 − j to 1 + j
 */
public record Augmentation(int size, Crop crop, boolean flip, double colourJitter) {
    private static final long CROP = 1;
    private static final long FLIP = 2;
    private static final long COLOUR = 3;

    /** None: pictures as they are. */
    public static Augmentation none(int size) {
        return new Augmentation(size, Crop.CENTRE, false, 0);
    }

    /** What a recipe wants. */
    public static Augmentation of(DataRecipe recipe) {
        return new Augmentation(recipe.size(), recipe.crop(), recipe.flip(), recipe.colourJitter());
    }

    /**
     * Crops one example.
     *
     * @param example planes of side·side bytes
     * @param target gets as many planes of size·size bytes, from {@code offset} on
     */
    void crop(byte[] example, int planes, int side, byte[] target, int offset, SplittableRandom random) {
        int room = side - size;
        int x = crop == Crop.RANDOM ? random.nextInt(room + 1) : room / 2;
        int y = crop == Crop.RANDOM ? random.nextInt(room + 1) : room / 2;
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < size; row++) {
                System.arraycopy(
                        example,
                        (plane * side + y + row) * side + x,
                        target,
                        offset + (plane * size + row) * size,
                        size);
            }
        }
    }

    static SplittableRandom cropping(long seed, long step) {
        return Draws.of(seed, step, CROP).random();
    }

    /**
     * Mirrors and colours a batch.
     *
     * @param batch [n, pictures·channels, size, size], low…high
     * @param channels of one picture
     */
    Tensor apply(Tensor batch, int channels, double low, double high, long seed, long step) {
        Tensor result = batch;
        if (flip) {
            result = Tensor.where(coins(batch.shape()[0], Draws.mix(seed, step, FLIP)), result.flip(3), result);
        }
        if (colourJitter > 0) {
            Tensor unit = result.add(-low).mul(1 / (high - low)); // 0…1
            result = colour(unit, channels, Draws.mix(seed, step, COLOUR))
                    .mul(high - low)
                    .add(low);
        }
        return result;
    }

    /** [n, 1, 1, 1] of 0 and 1. */
    private static Tensor coins(long n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] coins = new float[(int) n];
        for (int i = 0; i < coins.length; i++) {
            coins[i] = random.nextInt(2);
        }
        return Tensor.of(coins, n, 1, 1, 1);
    }

    /** Brightness, then contrast, then saturation, each as in torchvision's {@code ColorJitter}. */
    private Tensor colour(Tensor batch, int channels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long n = batch.shape()[0];
        Tensor bright = batch.mul(factors(n, random)).clamp(0, 1);
        Tensor contrast = factors(n, random);
        Tensor saturation = factors(n, random);
        int pictures = (int) batch.shape()[1] / channels;
        Tensor[] coloured = new Tensor[pictures];
        for (int i = 0; i < pictures; i++) {
            Tensor picture = bright.narrow(1, (long) i * channels, channels);
            Tensor level = grey(picture, channels).mean(1, 2, 3);
            picture = blend(picture, level, contrast);
            coloured[i] = channels == 1 ? picture : blend(picture, grey(picture, channels), saturation);
        }
        return pictures == 1 ? coloured[0] : Tensor.concat(1, coloured);
    }

    private Tensor factors(long n, SplittableRandom random) {
        float[] factors = new float[(int) n];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) (1 + colourJitter * (2 * random.nextDouble() - 1));
        }
        return Tensor.of(factors, n, 1, 1, 1);
    }

    /** factor · picture + (1 − factor) · towards. */
    private static Tensor blend(Tensor picture, Tensor towards, Tensor factor) {
        return towards.add(picture.sub(towards).mul(factor)).clamp(0, 1);
    }

    /** Luma by ITU-R BT.601: [n, 1, h, w]. */
    static Tensor grey(Tensor picture, int channels) {
        if (channels == 1) {
            return picture;
        }
        return picture.narrow(1, 0, 1)
                .mul(0.299)
                .add(picture.narrow(1, 1, 1).mul(0.587))
                .add(picture.narrow(1, 2, 1).mul(0.114));
    }
}
