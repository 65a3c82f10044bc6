package io.gander.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on to another listener on a thread of its own, so that the training never waits for it. At most a number of
 * events wait there. When more come, those go that a newer one outdates: {@link Event.Stepped}, then {@link Event.Preparing},
 * then {@link Event.Metrics}, the oldest first. All others are kept, even beyond that number: they are few and small.
 *
 * <pre>{@code
 * try (BackgroundListener page = new BackgroundListener(slow)) {
 *     Gander.train(recipe, directory, control, page);
 * }
 * }</pre>
 */
public final class BackgroundListener implements TrainListener, AutoCloseable {
    private static final int CAPACITY = 1000;

    private static final List<Class<? extends Event>> SPARED =
            List.of(Event.Stepped.class, Event.Preparing.class, Event.Metrics.class);

    private final TrainListener listener;
    private final int capacity;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Thread thread;
    private @Nullable RuntimeException failure;
    private boolean closed;

    /** At most 1,000 events wait. */
    public BackgroundListener(TrainListener listener) {
        this(listener, CAPACITY);
    }

    /**
     * @param capacity how many events may wait
     */
    public BackgroundListener(TrainListener listener, int capacity) {
        this.listener = listener;
        this.capacity = capacity;
        this.thread = new Thread(this::tell, "training-listener");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Returns at once.
     *
     * @throws RuntimeException what the other listener threw since the last call
     */
    @Override
    public synchronized void on(Event event) {
        if (closed) {
            return;
        }
        if (waiting.size() < capacity || makeRoom(event)) {
            waiting.addLast(event);
            notifyAll();
        }
        RuntimeException thrown = failure;
        if (thrown != null) {
            failure = null;
            throw thrown;
        }
    }

    /** Whether an event shall be kept though the queue is full: one that is worth less goes, if there is any. */
    private boolean makeRoom(Event event) {
        for (Class<? extends Event> kind : SPARED) {
            if (dropOldest(kind)) {
                return true;
            }
            if (kind.isInstance(event)) {
                return false;
            }
        }
        return true;
    }

    private boolean dropOldest(Class<? extends Event> kind) {
        for (Iterator<Event> events = waiting.iterator(); events.hasNext(); ) {
            if (kind.isInstance(events.next())) {
                events.remove();
                return true;
            }
        }
        return false;
    }

    private void tell() {
        for (Event event = next(); event != null; event = next()) {
            try {
                listener.on(event);
            } catch (RuntimeException e) {
                fail(e);
            }
        }
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
    }

    private synchronized @Nullable Event next() {
        try {
            while (waiting.isEmpty() && !closed) {
                wait();
            }
        } catch (InterruptedException e) { // by nobody here
            Thread.currentThread().interrupt();
            return null;
        }
        return waiting.pollFirst();
    }

    /**
     * Takes no more events, and waits until the other listener has heard what waits. What that one throws from now on is dropped: it
     * shall not spoil a training that is over.
     */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        if (Thread.currentThread() == thread) { // the other listener itself closes
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
