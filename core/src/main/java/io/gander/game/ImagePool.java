package io.gander.game;

import io.gander.layer.Shape;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * Earlier outputs of a generator: half of the time the discriminator is shown one of these instead of the newest, so that it
 * does not forget (Shrivastava et al., 2017; Zhu et al., 2017, section 4).
 */
final class ImagePool implements AutoCloseable {
    private final int size;
    private final Tensor pictures;

    /**
     * @param size examples kept; 0 for none
     * @param shape of one
     */
    ImagePool(int size, Shape shape) {
        this.size = size;
        try (Scope scope = Scope.open()) {
            this.pictures = Tensor.zeros(shape.batch(Math.max(1, size))).keep();
        }
    }

    /**
     * Takes new pictures in and gives as many out.
     *
     * @param fresh [n, c, h, w], without a graph
     * @param seen how many pictures were taken in before
     */
    Tensor exchange(Tensor fresh, long seen, SplittableRandom random) {
        if (size == 0) {
            return fresh;
        }
        Tensor[] given = new Tensor[(int) fresh.shape()[0]];
        try (NoGrad off = NoGrad.open()) {
            for (int i = 0; i < given.length; i++) {
                Tensor picture = fresh.narrow(0, i, 1);
                boolean filling = seen + i < size;
                int place = filling ? (int) (seen + i) : random.nextInt(size);
                Tensor kept = pictures.narrow(0, place, 1);
                given[i] = picture;
                if (filling) {
                    kept.set(picture);
                } else if (random.nextBoolean()) {
                    given[i] = kept.copy();
                    kept.set(picture);
                }
            }
        }
        return Tensor.concat(0, given);
    }

    /** All pictures of the pool, which a checkpoint keeps: [size, c, h, w]. */
    Tensor state() {
        return pictures;
    }

    @Override
    public void close() {
        pictures.close();
    }
}
