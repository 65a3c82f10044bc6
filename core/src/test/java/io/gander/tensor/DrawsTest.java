package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DrawsTest {
    private static final int N = 10_000;

    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void aPlaceGivesTheSameNumbersWhateverWasDrawnBefore() {
        float[] alone = Draws.of(7, 2).normal(20).toArray();

        Draws.of(7, 1).normal(3);
        float[] other = Draws.of(7, 3).normal(20).toArray();

        assertThat(Draws.of(7, 2).normal(20).toArray()).isEqualTo(alone);
        assertThat(other).isNotEqualTo(alone);
    }

    @Test
    void aPlaceWithinDependsOnItsPathAlone() {
        Draws round = Draws.of(7, 2);
        float[] expected = Draws.of(7, 2, 5, 1).uniform(0, 1, 9).toArray();

        round.at(4).uniform(0, 1, 9);

        assertThat(round.at(5, 1).uniform(0, 1, 9).toArray()).isEqualTo(expected);
        assertThat(round.at(5).at(1).uniform(0, 1, 9).toArray()).isEqualTo(expected);
        assertThat(round.at(1, 5).uniform(0, 1, 9).toArray()).isNotEqualTo(expected);
    }

    @Test
    void everyThreadGetsTheSameNumbers() throws Exception {
        float[] expected = numbers();
        List<Future<float[]>> all = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            IntStream.range(0, 64).forEach(i -> all.add(threads.submit(DrawsTest::numbers)));
            for (Future<float[]> one : all) {
                assertThat(one.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdown();
        }
    }

    private static float[] numbers() {
        try (Scope own = Scope.open()) {
            return Tensor.concat(
                            0,
                            Draws.of(3, 1).normal(1000),
                            Draws.of(3, 2).uniform(-1, 1, 1000),
                            Draws.of(3, 3).dropped(Tensor.full(1, 1000), 0.5))
                    .toArray();
        }
    }

    @Test
    void uniformNumbersFillTheirInterval() {
        double least = 9;
        double most = -9;
        for (float value : Draws.of(5).uniform(-1, 3, 1000).toArray()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        assertThat(least).isBetween(-1.0, -0.95);
        assertThat(most).isBetween(2.95, 3.0);
    }

    @Test
    void normalNumbersHaveMeanZeroAndVarianceOne() {
        Tensor x = Draws.of(5).normal(N);

        assertThat(x.mean().item()).isCloseTo(0, within(0.05));
        assertThat(x.square().mean().item()).isCloseTo(1, within(0.05));
    }

    @Test
    void whatIsKeptIsScaledUpAndGradientsFlowThroughItAlone() {
        Tensor x = Tensor.full(3, N).requiresGrad(true);

        Tensor y = Draws.of(5).dropped(x, 0.25);

        float[] values = y.toArray();
        float[] slopes = Tensor.gradients(y.sum(), List.of(x), false).get(0).toArray();
        int dropped = 0;
        for (int i = 0; i < N; i++) {
            dropped += values[i] == 0 ? 1 : 0;
            assertThat(values[i]).isIn(0f, 4f);
            assertThat(slopes[i]).isEqualTo(values[i] / 3);
        }
        assertThat((double) dropped / N).isCloseTo(0.25, within(0.02));
    }

    @Test
    void whatDropsLiesAsWhatItDropsFrom() {
        Tensor x = Draws.of(1).normal(2, 4, 6, 6).channelsLast();

        assertThat(Draws.of(2).dropped(x, 0.5).isChannelsLast()).isTrue();
    }

    @Test
    void drawingLeavesNoMemoryBehindWithAScopeOrWithout() {
        drawMany(2000); // until the allocators have what they want
        long before = Engine.residentBytes();
        drawMany(20_000); // of which each makes a generator of 5 KB
        assertThat(Engine.residentBytes() - before).isLessThan(48L << 20);
    }

    private static void drawMany(int count) {
        for (int i = 0; i < count; i++) {
            try (Scope own = Scope.open()) {
                Draws.of(1, i).normal(4);
            }
        }
        Thread without = new Thread(() -> {
            for (int i = 0; i < count; i++) {
                Draws.of(2, i).uniform(0, 1, 4).close();
            }
        });
        without.start();
        try {
            without.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
