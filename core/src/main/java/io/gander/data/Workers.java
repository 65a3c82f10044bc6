package io.gander.data;

import io.gander.source.Item;
import io.gander.source.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** Hands the examples of a source to one thread a core, a bounded number and bytes at a time. Listeners are called on the caller's. */
final class Workers {
    /** Of what examples hold in memory: archives may be made of the largest pictures that are read. */
    private static final int MOST_MEGABYTES = 512;

    private static final int LOOK_EVERY_MILLISECONDS = 100;

    /** What is done to an example. */
    interface Work {
        /**
         * Called on any thread, in any order.
         *
         * @param index the example's place in the source
         */
        void accept(Item item, int index) throws IOException;
    }

    private final long total;
    private final DataListener listener;
    private final BooleanSupplier stop;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final Semaphore room = new Semaphore(2 * threads);
    private final Semaphore memory = new Semaphore(MOST_MEGABYTES);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicLong done = new AtomicLong();
    private int submitted;

    private Workers(Source source, DataListener listener, BooleanSupplier stop) {
        this.total = source.count();
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Works on every example.
     *
     * @param reading called for each in order, on the caller's thread, before its work
     * @return how many there were
     * @throws CancellationException when {@code stop} says so
     */
    static int run(Source source, Work reading, Work work, DataListener listener, BooleanSupplier stop)
            throws IOException {
        Workers workers = new Workers(source, listener, stop);
        ExecutorService pool = Executors.newFixedThreadPool(workers.threads, Workers::daemon);
        try {
            source.forEach(item -> workers.submit(pool, item, reading, work));
            pool.shutdown();
            while (!pool.awaitTermination(LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                workers.look();
            }
        } catch (InterruptedException e) {
            throw workers.interrupted();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            pool.shutdownNow();
        }
        workers.look();
        return workers.submitted;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "decode");
        thread.setDaemon(true);
        return thread;
    }

    private void submit(ExecutorService pool, Item item, Work reading, Work work) {
        try {
            int megabytes = (int) Math.min(item.bytes() >> 20, MOST_MEGABYTES);
            await(room, 1);
            await(memory, megabytes);
            look();
            int index = submitted++;
            reading.accept(item, index);
            pool.execute(() -> {
                try {
                    work.accept(item, index);
                } catch (IOException | RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    done.incrementAndGet();
                    memory.release(megabytes);
                    room.release();
                }
            });
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(Semaphore permits, int wanted) throws InterruptedException {
        while (!permits.tryAcquire(wanted, LOOK_EVERY_MILLISECONDS, TimeUnit.MILLISECONDS)) {
            look();
        }
    }

    private CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while decoding examples");
    }

    /** Tells how far it is, and passes on what went wrong on a worker's thread. */
    private void look() {
        Throwable failed = failure.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed instanceof RuntimeException fault) {
            throw fault;
        }
        if (failed != null) {
            throw new UncheckedIOException((IOException) failed);
        }
        if (stop.getAsBoolean()) {
            throw new CancellationException("stopped while decoding examples");
        }
        listener.onPreparing(done.get(), total);
    }
}
