package io.gander.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where this thread's time goes: named sections, which nest, each with the time that it took itself, and the floating-point
 * operations done in them. Off, and then next to free, until {@link #start}. A GPU works on after a section has ended, so its
 * times mean little there.
 */
public final class Profile {
    private static final ThreadLocal<@Nullable Profile> CURRENT = new ThreadLocal<>();

    /** Ends what {@link #section} began. */
    public interface Section extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * What happened in the sections of a name.
     *
     * @param seconds without those of the sections inside
     */
    public record Part(String name, long calls, double seconds) {}

    /**
     * A whole profile.
     *
     * @param seconds from start to stop
     * @param flops floating-point operations of the networks; a multiply and an add are two
     */
    public record Result(List<Part> parts, double seconds, double flops) {}

    private static final class Count {
        private long calls;
        private long nanos;
    }

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private final Deque<Count> open = new ArrayDeque<>();
    private final long started = System.nanoTime();
    private long since = started;
    private double flops;
    private boolean closed;

    private Profile() {}

    /** Begins a profile of this thread. */
    public static void start() {
        CURRENT.set(new Profile());
    }

    /** Stops counting; nothing that runs afterwards is in the profile. */
    public static Result stop() {
        Profile profile = Objects.requireNonNull(CURRENT.get(), "no profile was started on this thread");
        CURRENT.remove();
        profile.charge();
        List<Part> parts = new ArrayList<>();
        profile.counts.forEach((name, count) -> parts.add(new Part(name, count.calls, count.nanos * 1e-9)));
        return new Result(List.copyOf(parts), (System.nanoTime() - profile.started) * 1e-9, profile.flops);
    }

    /** Whether this thread is being profiled. */
    public static boolean on() {
        return CURRENT.get() != null;
    }

    /** Begins a section; use it in {@code try (…)}. */
    public static Section section(String name) {
        Profile profile = CURRENT.get();
        if (profile == null || profile.closed) {
            return () -> {};
        }
        profile.enter(name);
        return profile::leave;
    }

    /** Begins a section that takes the time of those inside for its own, and does not count their operations. */
    public static Section closed(String name) {
        Profile profile = CURRENT.get();
        if (profile == null || profile.closed) {
            return () -> {};
        }
        profile.enter(name);
        profile.closed = true;
        return () -> {
            profile.closed = false;
            profile.leave();
        };
    }

    /** Adds operations; nothing if this thread is not profiled. */
    public static void count(double flops) {
        Profile profile = CURRENT.get();
        if (profile != null && !profile.closed) {
            profile.flops += flops;
        }
    }

    private void enter(String name) {
        charge();
        Count count = counts.computeIfAbsent(name, key -> new Count());
        count.calls++;
        open.push(count);
    }

    private void leave() {
        charge();
        open.pop();
    }

    private void charge() {
        long now = System.nanoTime();
        Count running = open.peek();
        if (running != null) {
            running.nanos += now - since;
        }
        since = now;
    }
}
