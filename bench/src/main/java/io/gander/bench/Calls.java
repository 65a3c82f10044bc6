package io.gander.bench;

import java.util.Arrays;

/** Times calls in a warm process. */
final class Calls {
    private static final int WARM = 5;
    private static final int MOST = 100_000;

    /** What is timed; it is told the call's number. */
    interface Call<E extends Exception> {
        void run(int number) throws E;
    }

    private Calls() {}

    /** The median call, seconds, over so many seconds. */
    static <E extends Exception> double median(double seconds, Call<E> call) throws E {
        for (int i = 0; i < WARM; i++) {
            call.run(i);
        }
        double[] times = new double[MOST];
        int calls = 0;
        long end = System.nanoTime() + (long) (1e9 * seconds);
        while (System.nanoTime() < end && calls < MOST) {
            long began = System.nanoTime();
            call.run(calls);
            times[calls++] = (System.nanoTime() - began) / 1e9;
        }
        double[] sorted = Arrays.copyOf(times, calls);
        Arrays.sort(sorted);
        return sorted[calls / 2];
    }
}
