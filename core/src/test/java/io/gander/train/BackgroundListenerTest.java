package io.gander.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundListenerTest {
    private static final Event STARTED = new Event.Started("", Path.of("run"), 0, 9);
    private static final Event SAMPLE = new Event.Sample(1, Path.of("s.png"));
    private static final Event SAVED = new Event.CheckpointSaved(1, Path.of("c"));
    private static final Event WARNING = new Event.Warning("Mind.");
    private static final Event ENDED =
            new Event.Ended(new Outcome(Path.of("run"), 9, 9, 1, Outcome.End.FINISHED, false));

    private final List<Event> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch busy = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);

    private static Progress progress(long step) {
        return new Progress(step, 9, 1, 1, 1, Map.of());
    }

    private static Event step(long step) {
        return new Event.Stepped(progress(step));
    }

    private static Event metrics(long step) {
        return new Event.Metrics(progress(step));
    }

    /** Hears the first event only when it is let. */
    private void slow(Event event) {
        busy.countDown();
        try {
            free.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        heard.add(event);
    }

    /** A listener that is stuck at its first event, and may have so many wait. */
    private BackgroundListener stuck(int capacity) throws InterruptedException {
        BackgroundListener listener = new BackgroundListener(this::slow, capacity);
        listener.on(STARTED);
        busy.await();
        return listener;
    }

    @Test
    void closingWaitsUntilAllIsHeardInOrderOnAnotherThread() throws InterruptedException {
        BackgroundListener listener = stuck(10);
        listener.on(metrics(1));
        listener.on(step(1));
        listener.on(ENDED);
        assertThat(heard).isEmpty();
        free.countDown();
        listener.close();
        assertThat(heard).containsExactly(STARTED, metrics(1), step(1), ENDED);
        listener.on(WARNING);
        listener.close();
        assertThat(heard).as("after the end nothing is heard").hasSize(4);
    }

    @Test
    void aFullQueueLosesRoundsThenMetricsAndNothingElse() throws InterruptedException {
        BackgroundListener listener = stuck(3);
        List<Event> events = List.of(step(1), metrics(2), step(2), step(3), SAMPLE, SAVED, step(4), metrics(5));
        events.forEach(listener::on);
        List.of(WARNING, SAMPLE, SAVED, ENDED, step(9), metrics(9)).forEach(listener::on);
        free.countDown();
        listener.close();
        assertThat(heard).containsExactly(STARTED, SAMPLE, SAVED, WARNING, SAMPLE, SAVED, ENDED);
    }

    @Test
    void theNewestOfManyRoundsAreHeard() throws InterruptedException {
        BackgroundListener listener = stuck(2);
        for (int step = 1; step <= 1000; step++) {
            listener.on(step(step));
        }
        free.countDown();
        listener.close();
        assertThat(heard).containsExactly(STARTED, step(999), step(1000));
    }

    @Test
    void whatTheOtherThrowsIsThrownOnceAndItIsToldOn() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(2);
        try (BackgroundListener listener = new BackgroundListener(event -> {
            heard.add(event);
            failed.countDown();
            if (heard.size() == 1) {
                throw new IllegalStateException("no page");
            }
        })) {
            listener.on(STARTED);
            while (failed.getCount() > 1) {
                Thread.onSpinWait();
            }
            assertThatThrownBy(() -> {
                        while (true) { // the failure is noted a moment after it is thrown
                            listener.on(SAMPLE);
                        }
                    })
                    .hasMessage("no page");
            listener.on(ENDED);
        }
        assertThat(heard).startsWith(STARTED, SAMPLE).endsWith(ENDED);
    }
}
