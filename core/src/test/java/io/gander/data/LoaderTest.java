package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Raw;
import io.gander.layer.Output;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoaderTest {
    /** Ten pictures; picture i is i everywhere. */
    private static final Dataset TEN = numbered(10);

    @Test
    void everyEpochVisitsEveryPictureOnce() {
        Loader loader = loader(1, 4);

        for (int epoch = 0; epoch < 5; epoch++) {
            assertThat(order(loader, epoch, 10)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        }
    }

    @Test
    void theOrderDependsOnTheSeedAndTheEpoch() {
        assertThat(order(loader(1, 4), 0, 10)).isEqualTo(order(loader(1, 7), 0, 10));
        assertThat(order(loader(1, 4), 0, 10)).isNotEqualTo(order(loader(2, 4), 0, 10));
        assertThat(order(loader(1, 4), 0, 10)).isNotEqualTo(order(loader(1, 4), 1, 10));
    }

    @Test
    void everyPictureIsAsLikelyInEveryPlace() {
        int[][] seen = new int[5][5];
        for (int seed = 0; seed < 5000; seed++) {
            Loader loader = loader(numbered(5), 1, seed);
            for (int place = 0; place < 5; place++) {
                seen[place][loader.index(place)]++;
            }
        }
        // 5,000 draws at 1/5: 1,000 with a standard deviation of 28; five of them either way.
        for (int[] place : seen) {
            assertThat(Arrays.stream(place))
                    .allSatisfy(times -> assertThat(times).isBetween(860, 1140));
        }
    }

    @Test
    void aBatchMaySpanTwoEpochs() {
        Loader loader = loader(1, 4);

        int[] third = batch(loader, 3);

        int[] endOfFirst = Arrays.copyOfRange(order(loader, 0, 10), 8, 10);
        int[] startOfSecond = Arrays.copyOf(order(loader, 1, 10), 2);
        assertThat(third).containsExactly(endOfFirst[0], endOfFirst[1], startOfSecond[0], startOfSecond[1]);
    }

    @Test
    void aBatchMayBeLargerThanTheSet() {
        int[] batch = batch(loader(1, 25), 1);

        assertThat(Arrays.copyOf(batch, 10)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Arrays.copyOfRange(batch, 10, 20)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(Arrays.copyOfRange(batch, 20, 25)).doesNotHaveDuplicates();
    }

    @Test
    void theBatchOfAStepDependsOnNoOtherStep() {
        Loader straight = loader(1, 4);
        List<int[]> expected = IntStream.rangeClosed(1, 9)
                .mapToObj(step -> batch(straight, step))
                .toList();
        Loader jumping = loader(1, 4);

        for (int step : new int[] {9, 1, 5, 5, 3, 8, 2, 4, 7, 6, 1}) {
            assertThat(batch(jumping, step)).as("step %d", step).isEqualTo(expected.get(step - 1));
        }
    }

    @Test
    void lateStepsOfALongRunHaveBatchesToo() {
        assertThat(batch(loader(1, 4), 100_000_000_000L)).hasSize(4).doesNotContain(-1);
    }

    @Test
    void bytesBecomeNumbersFromLowToHigh() {
        Dataset ramp = new Raw(List.of(new byte[] {0, 51, 127, (byte) 255}), 1, 1, 2);
        try (Scope scope = Scope.open()) {
            assertThat(new Loader(ramp, ramp.codec().within(Output.TANH), 1, 1)
                            .batch(1)
                            .toArray())
                    .usingComparatorWithPrecision(1e-6F)
                    .containsExactly(-1, -0.6F, -1 / 255F, 1);
            assertThat(loader(ramp, 1, 1).batch(1).toArray())
                    .usingComparatorWithPrecision(1e-6F)
                    .containsExactly(0, 0.2F, 127 / 255F, 1);
        }
    }

    @Test
    void aBatchIsLaidOutAsPicturesChannelsRowsAndColumns() {
        byte[] colour = new byte[3 * 4];
        IntStream.range(0, 12).forEach(i -> colour[i] = (byte) i);
        Dataset one = new Raw(List.of(colour), 1, 3, 2);
        try (Scope scope = Scope.open()) {
            Tensor batch = loader(one, 2, 1).batch(1);
            assertThat(batch.shape()).containsExactly(2, 3, 2, 2);
            assertThat(batch.mul(255).toArray())
                    .usingComparatorWithPrecision(1e-4F)
                    .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
        }
    }

    private static Loader loader(long seed, int batch) {
        return loader(TEN, batch, seed);
    }

    private static Loader loader(Dataset dataset, int batch, long seed) {
        return new Loader(dataset, dataset.codec(), batch, seed);
    }

    private static Dataset numbered(int count) {
        List<byte[]> pictures = IntStream.range(0, count)
                .mapToObj(i -> new byte[] {(byte) i, (byte) i, (byte) i, (byte) i})
                .toList();
        return new Raw(pictures, 1, 1, 2);
    }

    private static int[] order(Loader loader, int epoch, int count) {
        return IntStream.range(0, count)
                .map(i -> loader.index((long) epoch * count + i))
                .toArray();
    }

    /** The numbers of a batch's pictures; −1 for one that is mixed up. */
    private static int[] batch(Loader loader, long step) {
        try (Scope scope = Scope.open()) {
            float[] pixels = loader.batch(step).mul(255).toArray();
            return IntStream.range(0, pixels.length / 4)
                    .map(i -> {
                        float[] picture = Arrays.copyOfRange(pixels, 4 * i, 4 * i + 4);
                        int number = Math.round(picture[0]);
                        float[] plain = {picture[0], picture[0], picture[0], picture[0]};
                        return Arrays.equals(picture, plain) ? number : -1;
                    })
                    .toArray();
        }
    }
}
