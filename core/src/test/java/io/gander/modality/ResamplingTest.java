package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
    private static float[] noise(int count) {
        Random random = new Random(3);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(256);
        }
        return values;
    }

    /** Two pictures, each with its own σ, against the sum over all pixels in two dimensions at once. */
    @Test
    void blurIsAGaussianWithMirroredBorders() {
        int height = 7;
        int width = 9;
        double[] sigma = {0.8, 2.5};
        float[] x = noise(2 * height * width);
        try (Scope scope = Scope.open()) {
            float[] blurred =
                    Resampling.blur(Tensor.of(x, 2, 1, height, width), sigma).toArray();
            for (int i = 0; i < x.length; i++) {
                int n = i / (height * width);
                int row = i / width % height;
                int column = i % width;
                double sum = 0;
                double weights = 0;
                int reach = (int) Math.ceil(4 * sigma[n]);
                for (int dy = -reach; dy <= reach; dy++) {
                    for (int dx = -reach; dx <= reach; dx++) {
                        double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma[n] * sigma[n]));
                        int place = (n * height + mirror(row + dy, height)) * width + mirror(column + dx, width);
                        sum += weight * x[place];
                        weights += weight;
                    }
                }
                assertThat((double) blurred[i]).isCloseTo(sum / weights, within(1e-3));
            }
        }
    }

    private static int mirror(int place, int length) {
        int inside = place;
        while (inside < 0 || inside >= length) {
            inside = inside < 0 ? -1 - inside : 2 * length - 1 - inside;
        }
        return inside;
    }

    /** {@code scipy.ndimage.gaussian_filter([10, 20, 200, 30, 90], 1.25)}, whose default mirrors and reaches 4 σ. */
    @Test
    void blurIsSciPys() {
        try (Scope scope = Scope.open()) {
            Tensor row = Tensor.of(new float[] {10, 20, 200, 30, 90}, 1, 1, 1, 5);

            assertThat(Resampling.blur(row, new double[] {1.25}).toArray())
                    .usingComparatorWithPrecision(1e-3F)
                    .containsExactly(34.0352F, 61.1314F, 86.2224F, 87.6661F, 80.945F);
        }
    }

    @Test
    void noBlurAtAll() {
        try (Scope scope = Scope.open()) {
            float[] x = noise(20);
            assertThat(Resampling.blur(Tensor.of(x, 1, 1, 4, 5), new double[] {0})
                            .toArray())
                    .containsExactly(x);
        }
    }

    /** Two pictures of three channels; the class rounds between the axes, the engine does not. */
    @ParameterizedTest
    @CsvSource({"12, 16, 6, 8", "12, 18, 4, 6", "5, 6, 10, 12", "9, 9, 9, 3", "7, 5, 7, 5"})
    void bicubicIsThatOfPicturesButForRounding(int height, int width, int newHeight, int newWidth) {
        byte[] planes = new byte[2 * 3 * height * width];
        float[] values = noise(planes.length);
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) (70 + values[i] * 0.45); // so that nothing overshoots, which is cut off between the axes
        }
        try (Scope scope = Scope.open()) {
            Tensor batch = Tensor.ofPixels(planes, 0, 1, 2, 3, height, width);
            byte[] ours = Resampling.bicubic(batch, newHeight, newWidth).toPixels(0, 1);
            for (int n = 0; n < 2; n++) {
                Bitmap theirs = Bicubic.resize(
                        Bitmap.ofPlanes(planes, n * 3 * height * width, 3, height, width), newWidth, newHeight);
                Bitmap mine = Bitmap.ofPlanes(ours, n * 3 * newHeight * newWidth, 3, newHeight, newWidth);
                for (int i = 0; i < mine.pixels().length; i++) {
                    assertThat(mine.pixels()[i] & 255).isCloseTo(theirs.pixels()[i] & 255, within(1));
                }
            }
        }
    }
}
