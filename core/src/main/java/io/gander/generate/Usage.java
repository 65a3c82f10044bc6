package io.gander.generate;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lets any number of threads use native memory until one frees it: whoever frees waits for those at work, and whoever comes later
 * is told so.
 */
final class Usage {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final String what;
    private boolean over;

    /** @param what people call it, such as "generator" */
    Usage(String what) {
        this.what = what;
    }

    /** Ends what {@link #begin} began. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins a use; for {@code try (…)}.
     *
     * @throws IllegalStateException if it was freed
     */
    Use begin() {
        lock.readLock().lock();
        if (over) {
            lock.readLock().unlock();
            throw new IllegalStateException("this " + what + " is closed: open the run again");
        }
        return lock.readLock()::unlock;
    }

    /**
     * Frees, once, as soon as nobody is at work.
     *
     * @throws IllegalStateException if this thread itself is, and would wait for itself
     */
    void end(Runnable free) {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException("this " + what + " is at work on this thread: close it afterwards");
        }
        lock.writeLock().lock();
        try {
            if (!over) {
                over = true;
                free.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
