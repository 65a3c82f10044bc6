package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BicubicTest {
    static List<String[]> sizes() {
        return Fixtures.list("bicubic");
    }

    @ParameterizedTest(name = "{0} {1}×{2}, {3}, to {4}×{5}")
    @MethodSource("sizes")
    void givesMatlabsPixels(String name, int width, int height, int channels, int newWidth, int newHeight) {
        Bitmap old = new Bitmap(Fixtures.bytes("bicubic/" + name + ".raw"), channels, height, width);

        Bitmap result = Bicubic.resize(old, newWidth, newHeight);

        assertThat(result.width()).isEqualTo(newWidth);
        assertThat(result.height()).isEqualTo(newHeight);
        String wanted = "bicubic/" + name + "-" + newWidth + "x" + newHeight + ".raw";
        assertThat(result.pixels()).containsExactly(Fixtures.bytes(wanted));
    }

    @Test
    void aPictureOfTheRightSizeStaysAsItIs() {
        Bitmap old = new Bitmap(new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);

        assertThat(Bicubic.resize(old, 3, 2)).isSameAs(old);
    }

    @Test
    void growingByTwoHasKeyssWeights() {
        double[] middle = Bicubic.matrix(8, 16)[8];

        assertThat(middle)
                .containsExactly(
                        new double[] {0, 0, -0.0234375, 0.2265625, 0.8671875, -0.0703125, 0, 0}, within(1e-15));
    }

    @Test
    void theBordersPixelStandsForThoseBeyondIt() {
        double[] first = Bicubic.matrix(8, 16)[0];

        assertThat(first).containsExactly(new double[] {1.0703125, -0.0703125, 0, 0, 0, 0, 0, 0}, within(0.05));
        assertThat(first[0]).isCloseTo(-0.0234375 + 0.2265625 + 0.8671875, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"12, 3", "12, 5", "7, 7", "5, 13", "1, 4", "9, 1"})
    void eachRowsSumIs1AndTheMatrixIsSymmetric(int from, int to) {
        double[][] matrix = Bicubic.matrix(from, to);

        assertThat(matrix).hasDimensions(to, from);
        for (int i = 0; i < to; i++) {
            assertThat(Arrays.stream(matrix[i]).sum()).isCloseTo(1, within(1e-12));
            for (int j = 0; j < from; j++) {
                assertThat(matrix[i][j]).isCloseTo(matrix[to - 1 - i][from - 1 - j], within(1e-12));
            }
        }
    }

    @Test
    void theMatrixResizesLikeTheMethod() {
        byte[] pixels = {10, 90, 30, 60, 20, 120, 70, 5, 50, 100, 40, 80};
        double[][] matrix = Bicubic.matrix(12, 3);
        byte[] expected = new byte[3];
        for (int i = 0; i < 3; i++) {
            double sum = 0;
            for (int j = 0; j < 12; j++) {
                sum += matrix[i][j] * pixels[j];
            }
            expected[i] = (byte) Math.round(sum);
        }

        assertThat(Bicubic.resize(new Bitmap(pixels, 1, 1, 12), 3, 1).pixels()).containsExactly(expected);
    }
}
