package io.gander.data;

import io.gander.error.UserError;
import io.gander.modality.Codec;
import io.gander.tensor.Draws;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import java.util.SplittableRandom;
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
    /** Sets what is taken of an example apart from other draws of the seed and step. */
    private static final long TAKING = 1;

    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private final Dataset dataset;
    private final Codec codec;
    private final int batch;
    private final long seed;
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

    /** @param codec the dataset's, perhaps in another range, or without what it draws */
    public Loader(Dataset dataset, Codec codec, int batch, long seed) {
        this.dataset = dataset;
        this.codec = codec;
        this.batch = batch;
        this.seed = seed;
        long bytes = (long) batch * codec.takenBytes();
        if (bytes > MOST_BYTES) {
            throw UserError.about(
                    "train.batch",
                    batch + " " + codec.things() + " of " + codec.shape()
                            + " take more than 2 GB; lower it, or data.size.");
        }
        this.current = new byte[(int) bytes];
        this.ahead = new byte[(int) bytes];
        this.currentLabels = new int[batch];
        this.labelsAhead = new int[batch];
        this.example = new byte[codec.bytes()];
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

    /**
     * The real examples of a step, [batch, …] with the sizes of the codec's shape; of a pair the first member comes first.
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
        return codec.augment(codec.load(current, batch), Draws.of(seed, step));
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
                                + " labels: sort the examples into a folder for each class, or leave out objective.labels.");
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
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    gathering.get();
                    return;
                } catch (InterruptedException e) { // half a round is worth nothing: whoever plays stops after it
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot gather the next batch", e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Fills {@code ahead}; never on two threads at once. */
    private void gather(long step) {
        SplittableRandom random = Draws.of(seed, step, TAKING).random();
        int bytes = codec.takenBytes();
        for (int i = 0; i < batch; i++) {
            int index = index((step - 1) * batch + i);
            labelsAhead[i] = dataset.label(index);
            dataset.read(index, example, 0);
            codec.take(example, ahead, i * bytes, random);
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
