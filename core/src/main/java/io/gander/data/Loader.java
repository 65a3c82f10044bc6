package io.gander.data;

import io.gander.error.UserError;
import io.gander.tensor.Draws;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Seeded batches of a data set. Each epoch visits every example once in an order of its own; a batch may span two epochs.
 * The batch of a step depends on nothing but the seed and the step: so a checkpoint, which holds both, holds the order too.
 * While a step computes, a thread gathers the next one's bytes.
 */
public final class Loader implements AutoCloseable {
    private final Dataset dataset;
    private final Augmentation augmentation;
    private final int batch;
    private final long seed;
    private final double low;
    private final double high;
    private final byte[] example;
    private final int[] order;
    private final ExecutorService gatherer = Executors.newSingleThreadExecutor(Loader::daemon);
    private long epochOfOrder = -1;
    private byte[] current;
    private byte[] ahead;
    private int[] currentLabels;
    private int[] labelsAhead;
    private long stepAhead;
    private @Nullable Future<?> gathering;

    /**
     * @param low what a byte of 0 becomes
     * @param high what a byte of 255 becomes
     */
    public Loader(Dataset dataset, Augmentation augmentation, int batch, long seed, double low, double high) {
        this.dataset = dataset;
        this.augmentation = augmentation;
        this.batch = batch;
        this.seed = seed;
        this.low = low;
        this.high = high;
        int bytes = Math.multiplyExact(batch, exampleBytes());
        this.current = new byte[bytes];
        this.ahead = new byte[bytes];
        this.currentLabels = new int[batch];
        this.labelsAhead = new int[batch];
        this.example = new byte[dataset.bytes()];
        this.order = new int[dataset.count()];
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "gather");
        thread.setDaemon(true);
        return thread;
    }

    public Dataset dataset() {
        return dataset;
    }

    /** Of an example as the networks see it. */
    private int exampleBytes() {
        return dataset.points() ? dataset.bytes() : planes() * augmentation.size() * augmentation.size();
    }

    private int planes() {
        return dataset.pictures() * dataset.channels();
    }

    /**
     * The real examples of a step: [batch, pictures·channels, size, size], low…high; of a pair the first picture's channels
     * come first. Points are [batch, 2, 1, 1], as they are.
     *
     * @param step counts from 1
     */
    public Tensor batch(long step) {
        try (Profile.Section section = Profile.section("data")) {
            return taken(step);
        }
    }

    private Tensor taken(long step) {
        take(step);
        if (dataset.points()) {
            return Tensor.of(Examples.points(current), batch, 2, 1, 1);
        }
        int size = augmentation.size();
        Tensor pictures = Tensor.ofPixels(current, low, high, batch, planes(), size, size);
        return augmentation.apply(pictures, dataset.channels(), low, high, seed, step);
    }

    /**
     * The classes of the examples that {@link #batch} gave last, one-hot: [batch, classes].
     *
     * @throws UserError if one has none
     */
    public Tensor labels(int classes) {
        float[] oneHot = new float[batch * classes];
        for (int i = 0; i < batch; i++) {
            int label = currentLabels[i];
            if (label < 0 || label >= classes) {
                throw new UserError(
                        "data: an example of " + dataset.name() + " has no class, and the game is played with"
                                + " labels: sort the pictures into a folder for each class, or leave out objective.labels.");
            }
            oneHot[i * classes + label] = 1;
        }
        return Tensor.of(oneHot, batch, classes);
    }

    /** Brings the bytes of a step to {@code current}, and sets off those of the next. */
    private void take(long step) {
        if (gathering == null || stepAhead != step) {
            await();
            gather(step);
        } else {
            await();
        }
        byte[] free = current;
        current = ahead;
        ahead = free;
        int[] freeLabels = currentLabels;
        currentLabels = labelsAhead;
        labelsAhead = freeLabels;
        stepAhead = step + 1;
        gathering = gatherer.submit(() -> gather(step + 1));
    }

    private void await() {
        if (gathering == null) {
            return;
        }
        try {
            gathering.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for pictures");
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot gather the next pictures", e.getCause());
        }
    }

    /** Fills {@code ahead}; never on two threads at once. */
    private void gather(long step) {
        SplittableRandom random = Augmentation.cropping(seed, step);
        int size = augmentation.size();
        int bytes = exampleBytes();
        for (int i = 0; i < batch; i++) {
            int index = index((step - 1) * batch + i);
            labelsAhead[i] = dataset.label(index);
            if (dataset.side() == size) {
                dataset.read(index, ahead, i * bytes);
            } else {
                dataset.read(index, example, 0);
                augmentation.crop(example, planes(), dataset.side(), ahead, i * bytes, random);
            }
        }
    }

    /** The example at a place in the endless row of shuffled epochs. */
    int index(long place) {
        long epoch = place / order.length;
        if (epoch != epochOfOrder) {
            shuffle(epoch);
        }
        return order[(int) (place % order.length)];
    }

    /** Fisher and Yates's shuffle. */
    private void shuffle(long epoch) {
        SplittableRandom random = Draws.of(seed, epoch).random();
        for (int i = 0; i < order.length; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        epochOfOrder = epoch;
    }

    @Override
    public void close() {
        gatherer.shutdownNow();
    }
}
