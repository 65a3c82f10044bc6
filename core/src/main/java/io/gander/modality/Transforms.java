package io.gander.modality;

import io.gander.tensor.Tensor;
import java.util.Arrays;

/** Changes of batches, example by example, that augmentations are made of. */
public final class Transforms {
    private Transforms() {}

    /** A number for each example, to be spread over all its others: [n, 1, …] for a batch of so many axes. */
    public static Tensor each(float[] values, int axes) {
        long[] shape = new long[axes];
        Arrays.fill(shape, 1);
        shape[0] = values.length;
        return Tensor.of(values, shape);
    }

    /** Mirrors those examples for which {@code chosen} is not 0. */
    public static Tensor flip(Tensor batch, int axis, Tensor chosen) {
        return Tensor.where(chosen, batch.flip(axis), batch);
    }

    /** Luma by ITU-R BT.601 of pictures with 1 or 3 channels: [n, 1, h, w]. */
    public static Tensor grey(Tensor pictures) {
        if (pictures.shape()[1] == 1) {
            return pictures;
        }
        return pictures.narrow(1, 0, 1)
                .mul(0.299)
                .add(pictures.narrow(1, 1, 1).mul(0.587))
                .add(pictures.narrow(1, 2, 1).mul(0.114));
    }
}
