package io.gander.train;

/** Training time, and the speed of the last few seconds. */
final class Clock {
    private static final double WINDOW_SECONDS = 5;

    private final double before;
    private final int batch;
    private long started;
    private long windowStart;
    private int windowSteps;
    private double rate;

    /**
     * A clock that stands still until {@link #start}.
     *
     * @param before seconds that earlier sessions took
     */
    Clock(double before, int batch) {
        this.before = before;
        this.batch = batch;
        this.started = System.nanoTime();
        this.windowStart = started;
    }

    void start() {
        started = System.nanoTime();
        windowStart = started;
    }

    /** Counts a round. */
    void tick() {
        windowSteps++;
        double passed = (System.nanoTime() - windowStart) / 1e9;
        if (passed >= WINDOW_SECONDS) {
            rate = windowSteps / passed;
            windowStart = System.nanoTime();
            windowSteps = 0;
        }
    }

    /** Time passed that was none of training. */
    void skip(long nanoseconds) {
        started += nanoseconds;
        windowStart += nanoseconds;
    }

    double seconds() {
        return before + (System.nanoTime() - started) / 1e9;
    }

    double examplesPerSecond() {
        double passed = (System.nanoTime() - windowStart) / 1e9;
        double current = rate > 0 || passed <= 0 ? rate : windowSteps / passed;
        return current * batch;
    }
}
