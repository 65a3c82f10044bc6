package io.gander.data;

import io.gander.tensor.Engine;
import io.gander.tensor.Tensor;
import java.util.SplittableRandom;

/**
 * Seeded batches of a data set. Each epoch visits every picture once in an order of its own; a batch may span two epochs.
 * The batch of a step depends on nothing but the seed and the step, so a resumed run needs no saved order.
 */
public final class Loader {
    private final Dataset dataset;
    private final int batch;
    private final long seed;
    private final double low;
    private final double high;
    private final byte[] pixels;
    private final int[] order;
    private long epochOfOrder = -1;

    /**
     * @param low what a byte of 0 becomes
     * @param high what a byte of 255 becomes
     */
    public Loader(Dataset dataset, int batch, long seed, double low, double high) {
        this.dataset = dataset;
        this.batch = batch;
        this.seed = seed;
        this.low = low;
        this.high = high;
        this.pixels = new byte[Math.multiplyExact(batch, dataset.bytes())];
        this.order = new int[dataset.count()];
    }

    public Dataset dataset() {
        return dataset;
    }

    /**
     * The real pictures of a step: [batch, channels, side, side], low…high.
     *
     * @param step counts from 1
     */
    public Tensor batch(long step) {
        for (int i = 0; i < batch; i++) {
            dataset.read(index((step - 1) * batch + i), pixels, i * dataset.bytes());
        }
        return Tensor.ofPixels(pixels, low, high, batch, dataset.channels(), dataset.side(), dataset.side());
    }

    /** The picture at a place in the endless row of shuffled epochs. */
    int index(long place) {
        long epoch = place / order.length;
        if (epoch != epochOfOrder) {
            shuffle(epoch);
        }
        return order[(int) (place % order.length)];
    }

    /** Fisher and Yates's shuffle. */
    private void shuffle(long epoch) {
        SplittableRandom random = new SplittableRandom(Engine.mix(seed, epoch));
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        epochOfOrder = epoch;
    }
}
