package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Along one and three axes, by hand; along two: {@link TensorPicturesTest}. */
class FunctionalTest {
    private final Scope scope = Scope.open();

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor line(float... values) {
        return Tensor.of(values, 1, 1, values.length);
    }

    /** 2×2×2 points. */
    private static Tensor cube(float... values) {
        return Tensor.of(values, 1, 1, 2, 2, 2);
    }

    private static void makes(Tensor y, double... values) {
        assertThat(y.toArray()).hasSize(values.length);
        for (int i = 0; i < values.length; i++) {
            assertThat((double) y.toArray()[i]).as("element " + i).isEqualTo(values[i]);
        }
    }

    @Test
    void convolvesALine() {
        Tensor kernel = line(1, 0, -1);

        makes(Functional.conv(line(1, 2, 4, 8), kernel, Tensor.full(1, 1), 1, 0, 1), -2, -5);
        makes(Functional.conv(line(1, 2, 4, 8), kernel, null, 2, 1, 1), -2, -6);
        makes(Functional.convTranspose(line(1, 2), kernel, null, 2, 0, 1), 1, 0, 1, 0, -2, 0);
    }

    @Test
    void aKernelAsLargeAsTheExampleIsAProduct() {
        Tensor x = cube(1, 2, 3, 4, 5, 6, 7, 8);
        Tensor kernel = cube(1, 0, 0, 0, 0, 0, 0, -2);

        Tensor y = Functional.conv(x, kernel, Tensor.full(3, 1), 1, 0, 1);

        assertThat(y.shape()).containsExactly(1, 1, 1, 1, 1);
        makes(y, -12);
        makes(Functional.conv(line(1, 2), line(3, 4), null, 1, 0, 1), 11);
    }

    @Test
    void aPointSpreadsAsItsKernel() {
        Tensor kernel = cube(1, 2, 3, 4, 5, 6, 7, 8);
        Tensor point = Tensor.full(2, 1, 1, 1, 1, 1);

        Tensor y = Functional.convTranspose(point, kernel, Tensor.full(1, 1), 1, 0, 0);

        assertThat(y.shape()).containsExactly(1, 1, 2, 2, 2);
        makes(y, 3, 5, 7, 9, 11, 13, 15, 17);
        makes(Functional.convTranspose(Tensor.full(2, 1, 1, 1), line(1, 3), null, 1, 0, 0), 2, 6);
    }

    @Test
    void aLineIsContinued() {
        makes(Functional.upsampleNearest(line(1, 2), 3), 1, 1, 1, 2, 2, 2);
        makes(Functional.reflectionPad(line(1, 2, 4), 2), 4, 2, 1, 2, 4, 2, 1);
        makes(Functional.padEnd(line(1, 2), 2), 1, 2, 0, 0);
        makes(Functional.averagePool(line(1, 3, 5), 2, 1, 1), 0.5, 2, 4, 2.5);
    }

    @Test
    void aSolidIsContinued() {
        Tensor x = cube(1, 2, 3, 4, 5, 6, 7, 8);

        makes(Functional.averagePool(Functional.upsampleNearest(x, 2), 2, 2, 0), 1, 2, 3, 4, 5, 6, 7, 8);
        makes(Functional.averagePool(x, 2, 2, 0), 4.5);
        assertThat(Functional.padEnd(x, 1).shape()).containsExactly(1, 1, 3, 3, 3);
        makes(Functional.padEnd(x, 1).sum(), 36);
        Tensor mirrored = Functional.reflectionPad(x, 1);
        assertThat(mirrored.shape()).containsExactly(1, 1, 4, 4, 4);
        makes(mirrored.narrow(2, 0, 1).narrow(3, 0, 1), 8, 7, 8, 7);
    }

    @Test
    void channelsLastSolidsStaySoAndAreTheSame() {
        Tensor x = Draws.of(1).normal(2, 3, 4, 4, 4);
        Tensor kernel = Draws.of(2).normal(5, 3, 3, 3, 3);
        Tensor whole = Draws.of(3).normal(5, 3, 4, 4, 4);
        Tensor point = Draws.of(4).normal(2, 3, 1, 1, 1);
        Tensor spread = Draws.of(5).normal(3, 5, 4, 4, 4);
        for (int i = 0; i < 2; i++) {
            boolean last = i == 1;
            Tensor y =
                    Functional.conv(last ? x.channelsLast() : x, last ? kernel.channelsLast() : kernel, null, 1, 1, 1);
            assertThat(y.isChannelsLast()).isEqualTo(last);
        }
        same(Functional.conv(x, kernel, null, 1, 1, 1), Functional.conv(x, kernel.channelsLast(), null, 1, 1, 1));
        same(
                Functional.conv(x, whole, null, 1, 0, 1),
                Functional.conv(x.channelsLast(), whole.channelsLast(), null, 1, 0, 1));
        same(
                Functional.convTranspose(point, spread, null, 1, 0, 0),
                Functional.convTranspose(point.channelsLast(), spread.channelsLast(), null, 1, 0, 0));
        Tensor single = Draws.of(6).normal(2, 1, 4, 4, 4);
        assertThat(Functional.conv(single.channelsLast(), Draws.of(7).normal(5, 1, 3, 3, 3), null, 1, 1, 1)
                        .isChannelsLast())
                .isTrue();
        same(single, single.channelsLast());
    }

    private static void same(Tensor expected, Tensor found) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        double distance = expected.sub(found).norm().item();
        assertThat(distance).isLessThan(1e-5 * expected.norm().item());
    }

    @Test
    void otherNumbersOfAxesAreRefused() {
        assertThatThrownBy(() -> Functional.upsampleNearest(Tensor.zeros(2, 3), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("one, two or three axes are needed behind the channels, not 0");
        Tensor four = Tensor.zeros(1, 1, 2, 2, 2, 2);
        assertThatThrownBy(() -> Functional.conv(four, four, null, 1, 0, 1)).hasMessageEndingWith("not 4");
    }
}
