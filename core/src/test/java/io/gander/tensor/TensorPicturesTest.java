package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations on pictures by hand, in both memory formats. */
class TensorPicturesTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    /** Checks an operation in both memory formats. */
    private static void makes(Tensor x, UnaryOperator<Tensor> operation, long[] shape, double... values) {
        for (Tensor input : new Tensor[] {x, x.channelsLast()}) {
            Tensor y = operation.apply(input);
            assertThat(y.shape()).isEqualTo(shape);
            float[] found = y.toArray();
            assertThat(found).hasSameSizeAs(values);
            for (int i = 0; i < values.length; i++) {
                assertThat((double) found[i]).as("element " + i).isCloseTo(values[i], within(1e-5));
            }
        }
    }

    private static long[] shape(long... sizes) {
        return sizes;
    }

    @Test
    void aShuffleMakesPixelsOfChannels() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 4, 1, 2);

        makes(x, t -> Functional.pixelShuffle(t, 2), shape(1, 1, 2, 4), 1, 3, 2, 4, 5, 7, 6, 8);
    }

    @Test
    void upsamplingRepeatsPixels() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 2, 1, 2);

        makes(
                x,
                t -> Functional.upsampleNearest(t, 2),
                shape(1, 2, 2, 4),
                1,
                1,
                2,
                2,
                1,
                1,
                2,
                2,
                3,
                3,
                4,
                4,
                3,
                3,
                4,
                4);
    }

    @Test
    void reflectionLeavesTheBorderSingle() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2);

        makes(
                x,
                t -> Functional.reflectionPad(t, 1),
                shape(1, 1, 4, 4),
                4,
                3,
                4,
                3,
                2,
                1,
                2,
                1,
                4,
                3,
                4,
                3,
                2,
                1,
                2,
                1);
    }

    @Test
    void poolingTakesTheLargest() {
        Tensor x = Tensor.of(new float[] {1, 5, 2, 4, 3, 9, 0, 7, 8}, 1, 1, 3, 3);

        makes(x, t -> Functional.maxPool(t, 2, 1), shape(1, 1, 2, 2), 5, 9, 7, 9);
        makes(x, t -> Functional.maxPool(t, 2, 2), shape(1, 1, 1, 1), 5);
    }

    @Test
    void meansCountThePaddingAsZero() {
        Tensor x = Tensor.of(new float[] {1, 5, 2, 4, 3, 9, 0, 7, 8}, 1, 1, 3, 3);

        makes(x, t -> Functional.averagePool(t, 2, 1, 0), shape(1, 1, 2, 2), 3.25, 4.75, 3.5, 6.75);
        makes(x, t -> Functional.averagePool(t, 2, 2, 1), shape(1, 1, 2, 2), 0.25, 1.75, 1, 6.75);
    }

    @Test
    void zerosAreAddedAtTheEndOnly() {
        Tensor x = Tensor.of(new float[] {1, 2}, 1, 1, 1, 2);

        makes(x, t -> Functional.padEnd(t, 1), shape(1, 1, 2, 3), 1, 2, 0, 0, 0, 0);
    }

    @Test
    void aSingleChannelSaysItsFormatToAConvolution() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 1, 1, 2, 2).channelsLast();
        Tensor weight = Tensor.of(new float[] {1, -1}, 2, 1, 1, 1).channelsLast();
        Tensor y = Functional.conv(x, weight, null, 1, 0, 1);

        assertThat(y.isChannelsLast()).isTrue();
        assertThat(y.toArray()).containsExactly(1, 2, 3, 4, -1, -2, -3, -4);
        assertThat(x.toArray()).containsExactly(1, 2, 3, 4);
        Tensor narrow = Tensor.of(new float[] {1, 2}, 1, 2, 1, 1).channelsLast();
        assertThat(narrow.toArray()).containsExactly(1, 2);
    }

    @Test
    void everyPictureAndChannelIsNormalisedByItself() {
        float[] values = {1, 3, 10, 30, -5, -5, 0, 4};
        Tensor x = Tensor.of(values, 2, 2, 1, 2);

        // the deviations are 1, 10, 0 and 2
        double one = 1 / Math.sqrt(1 + 0.21);
        double ten = 10 / Math.sqrt(100 + 0.21);
        double two = 2 / Math.sqrt(4 + 0.21);
        makes(x, t -> Functional.instanceNorm(t, 0.21), shape(2, 2, 1, 2), -one, one, -ten, ten, 0, 0, -two, two);
    }

    @Test
    void everyChannelHasItsSlope() {
        Tensor x = Tensor.of(new float[] {-2, 2, -2, 2}, 1, 2, 1, 2);

        makes(x, t -> Functional.prelu(t, Tensor.of(new float[] {0.5f, -1}, 2)), shape(1, 2, 1, 2), -1, 2, 2, 2);
    }

    @Test
    void resamplingMultipliesFromBothSides() {
        Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 1, 2, 3);
        Tensor rows = Tensor.of(new float[] {1, 1}, 1, 2);
        Tensor columns = Tensor.of(new float[] {1, 0, 0, 0, 0, 2}, 2, 3);

        makes(x, t -> t.resample(rows, columns), shape(1, 1, 1, 2), 5, 18);
    }

    @Test
    void arithmeticByHand() {
        Tensor x = Tensor.of(new float[] {1, -4, 9, -16}, 1, 1, 2, 2);

        makes(x, t -> t.abs().sqrt(), shape(1, 1, 2, 2), 1, 2, 3, 4);
        makes(x, t -> t.div(Tensor.full(2, 1)), shape(1, 1, 2, 2), 0.5, -2, 4.5, -8);
        makes(x, t -> t.sum(2, 3), shape(1, 1, 1, 1), -10);
    }

    @Test
    void channelsLastPicturesStaySo() {
        Tensor x = Draws.of(1).normal(2, 4, 6, 6).channelsLast();

        assertThat(Functional.pixelShuffle(x, 2).isChannelsLast()).isTrue();
        assertThat(Functional.upsampleNearest(x, 2).isChannelsLast()).isTrue();
        assertThat(Functional.reflectionPad(x, 1).isChannelsLast()).isTrue();
        assertThat(Functional.padEnd(x, 1).isChannelsLast()).isTrue();
        assertThat(Functional.averagePool(x, 2, 1, 1).isChannelsLast()).isTrue();
        assertThat(Functional.maxPool(x, 2, 2).isChannelsLast()).isTrue();
        assertThat(Functional.prelu(x, Tensor.full(1, 4)).isChannelsLast()).isTrue();
        assertThat(Tensor.concat(1, x, x).isChannelsLast()).isTrue();
        assertThat(x.channelsFirst().isChannelsLast()).isFalse();
        assertThat(x.channelsFirst().toArray()).isEqualTo(x.toArray());
    }
}
