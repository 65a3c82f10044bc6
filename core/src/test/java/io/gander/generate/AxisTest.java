package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AxisTest {
    static Stream<Axis> axes() {
        return IntStream.of(1, 2, 7, 15, 16, 17, 23, 24, 25, 31, 40, 41, 100, 1001)
                .boxed()
                .flatMap(length -> Stream.of(
                        Axis.of(length, 16, 4),
                        Axis.of(length, 16, 8),
                        Axis.of(length, 4, 2),
                        Axis.fitted(length, 3, 24, 8, 1),
                        Axis.fitted(length, 16, 40, 16, 4)));
    }

    @ParameterizedTest
    @MethodSource("axes")
    void sharesAreOneEverywhereAndGoSmoothlyFromTileToTile(Axis axis) {
        for (int scale : new int[] {1, 3}) {
            float[] sums = new float[axis.length() * scale];
            for (int tile = 0; tile < axis.tiles(); tile++) {
                float[] shares = axis.shares(tile, scale);
                for (int i = 0; i < shares.length; i++) {
                    int place = axis.starts()[tile] * scale + i;
                    assertThat(shares[i]).isBetween(0f, 1f);
                    if (place >= 0 && place < sums.length) {
                        sums[place] += shares[i];
                    }
                    if (i > 0) {
                        double steepest = Math.PI / 2 / (axis.ramp() * scale);
                        assertThat(Math.abs(shares[i] - shares[i - 1])).isLessThanOrEqualTo((float) steepest + 1e-6f);
                    }
                }
            }
            for (float sum : sums) {
                assertThat(sum).isCloseTo(1, within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16, 1, 0", "5, 1, -5", "17, 2, 0", "28, 2, 0", "29, 3, 0", "1, 1, -7"})
    void tilesOfOneSideAreSpreadEvenly(int length, int tiles, int first) {
        Axis axis = Axis.of(length, 16, 4);
        assertThat(axis.tiles()).isEqualTo(tiles);
        assertThat(axis.starts()[0]).isEqualTo(first);
        if (tiles > 1) {
            assertThat(axis.starts()[tiles - 1]).isEqualTo(length - 16);
        }
        for (int i = 1; i < tiles; i++) {
            assertThat(axis.starts()[i - 1] + 16 - axis.starts()[i]).isGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 36, 4", "100, 1, 132, 4", "289, 1, 321, 1", "290, 2, 201, 1", "2000, 9, 300, 4"})
    void fittedTilesAreNoLargerThanNeeded(int length, int tiles, int side, int multiple) {
        Axis axis = Axis.fitted(length, 16, 321, 80, multiple);
        assertThat(axis.tiles()).isEqualTo(tiles);
        assertThat(axis.side()).isEqualTo(side);
        assertThat(axis.starts()[0]).isEqualTo(-16);
        int end = axis.starts()[tiles - 1] + side;
        assertThat(end).isBetween(length + 16, length + 16 + multiple - 1);
    }

    @ParameterizedTest
    @CsvSource({"5, 0, 0", "5, -1, 1", "5, -4, 4", "5, -5, 3", "5, 5, 3", "5, 8, 0", "5, 9, 1", "1, -3, 0", "2, 2, 0"})
    void placesBeyondTheEndsAreReflected(int length, int place, int reflected) {
        assertThat(Axis.of(length, 16, 4).reflected(place)).isEqualTo(reflected);
    }
}
