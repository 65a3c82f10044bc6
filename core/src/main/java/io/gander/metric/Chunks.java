package io.gander.metric;

import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Samples a chunk at a time, so that memory holds only so many. */
final class Chunks {
    private static final int CHUNK = 500;

    private Chunks() {}

    /**
     * Hands over samples until one is NaN or infinite.
     *
     * @param samples makes so many more
     * @param taker gets some; they end with the call
     * @return whether all are finite, and so were handed over
     */
    static boolean each(int count, IntFunction<Tensor> samples, Consumer<Tensor> taker) {
        for (int start = 0; start < count; start += CHUNK) {
            try (Scope scope = Scope.open()) {
                Tensor some = samples.apply(Math.min(CHUNK, count - start));
                if (!some.isFinite()) {
                    return false;
                }
                taker.accept(some);
            }
        }
        return true;
    }
}
