package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Given;
import io.gander.recipe.DataRecipe.Crop;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    /** 4×4, each pixel its own number. */
    private static final Dataset SQUARE = new Given(List.of(ramp(16)), 1, 1, 4);

    @Test
    void theCentreIsCroppedWhereTheRecipeSaysSo() {
        Augmentation centre = new Augmentation(2, Crop.CENTRE, false, 0);

        assertThat(batch(SQUARE, centre, 1, 1)).containsExactly(5, 6, 9, 10);
    }

    @Test
    void everyPlaceIsCroppedSometimes() {
        Augmentation random = new Augmentation(2, Crop.RANDOM, false, 0);
        TreeSet<Integer> corners = new TreeSet<>();
        for (int step = 1; step <= 100; step++) {
            int[] crop = batch(SQUARE, random, 1, step);
            assertThat(crop).containsExactly(crop[0], crop[0] + 1, crop[0] + 4, crop[0] + 5);
            corners.add(crop[0]);
        }

        assertThat(corners).containsExactly(0, 1, 2, 4, 5, 6, 8, 9, 10);
    }

    @Test
    void aboutHalfOfThePicturesAreMirrored() {
        Augmentation flip = new Augmentation(4, Crop.CENTRE, true, 0);

        int[] pixels = batch(SQUARE, flip, 400, 1);

        int mirrored = 0;
        for (int i = 0; i < 400; i++) {
            int[] row = Arrays.copyOfRange(pixels, 16 * i, 16 * i + 4);
            assertThat(row).isIn(new int[] {0, 1, 2, 3}, new int[] {3, 2, 1, 0});
            mirrored += row[0] == 3 ? 1 : 0;
        }
        assertThat(mirrored).isBetween(150, 250); // 200 ± 10
    }

    @Test
    void bothPicturesOfAPairGetTheSame() {
        byte[] pair = new byte[32];
        System.arraycopy(ramp(16), 0, pair, 0, 16);
        System.arraycopy(ramp(16), 0, pair, 16, 16);
        Dataset pairs = new Given(List.of(pair), 2, 1, 4);
        Augmentation all = new Augmentation(3, Crop.RANDOM, true, 0.4);
        try (Scope scope = Scope.open();
                Loader loader = new Loader(pairs, all, 50, 1, 0, 255)) {
            Tensor batch = loader.batch(3);
            assertThat(batch.shape()).containsExactly(50, 2, 3, 3);
            assertThat(batch.narrow(1, 0, 1).toArray())
                    .isEqualTo(batch.narrow(1, 1, 1).toArray());
        }
    }

    @Test
    void theSameSeedAndStepGiveTheSameBatch() {
        Augmentation all = new Augmentation(2, Crop.RANDOM, true, 0.3);

        assertThat(batch(SQUARE, all, 20, 7)).isEqualTo(batch(SQUARE, all, 20, 7));
        assertThat(batch(SQUARE, all, 20, 7)).isNotEqualTo(batch(SQUARE, all, 20, 8));
    }

    /** A plain grey picture has its own mean and is its own grey: only its brightness can change. */
    @Test
    void colourJitterStaysWithinItsLimits() {
        byte[] plain = new byte[3 * 16];
        Arrays.fill(plain, (byte) 100);
        Dataset grey = new Given(List.of(plain), 1, 3, 4);

        int[] pixels = batch(grey, new Augmentation(4, Crop.CENTRE, false, 0.2), 200, 1);

        List<Integer> levels = new ArrayList<>();
        for (int i = 0; i < pixels.length; i += 48) {
            assertThat(Arrays.copyOfRange(pixels, i, i + 48)).containsOnly(pixels[i]);
            levels.add(pixels[i]);
        }
        assertThat(levels).allSatisfy(level -> assertThat(level).isBetween(80, 120));
        assertThat(levels.stream().mapToInt(Integer::intValue).min().orElse(0)).isLessThan(85);
        assertThat(levels.stream().mapToInt(Integer::intValue).max().orElse(0)).isGreaterThan(115);
    }

    /** One red pixel and three black ones; the factors are drawn in the order brightness, contrast, saturation. */
    @Test
    void contrastMovesFromTheMeanAndSaturationFromTheGrey() {
        byte[] redAndBlack = new byte[3 * 2 * 2];
        redAndBlack[0] = (byte) 204;
        Dataset one = new Given(List.of(redAndBlack), 1, 3, 2);
        SplittableRandom random = Draws.of(1, 1, 3).random();
        double[] factor = new double[3];
        Arrays.setAll(factor, i -> 1 + 0.5 * (2 * random.nextDouble() - 1));
        double red = Math.min(1, 0.8 * factor[0]);
        double mean = 0.299 * red / 4;
        double redAfter = clamp(mean + (red - mean) * factor[1]);
        double blackAfter = clamp(mean - mean * factor[1]);
        double grey = 0.299 * redAfter + 0.701 * blackAfter;

        try (Scope scope = Scope.open();
                Loader loader = new Loader(one, new Augmentation(2, Crop.CENTRE, false, 0.5), 1, 1, -1, 1)) {
            float[] out = loader.batch(1).toArray();
            assertThat((out[0] + 1) / 2.0).isCloseTo(clamp(grey + (redAfter - grey) * factor[2]), within(1e-6));
            assertThat((out[4] + 1) / 2.0).isCloseTo(clamp(grey + (blackAfter - grey) * factor[2]), within(1e-6));
            assertThat((out[8] + 1) / 2.0).isCloseTo(clamp(grey + (blackAfter - grey) * factor[2]), within(1e-6));
            assertThat((out[3] + 1) / 2.0).as("a black pixel").isCloseTo(blackAfter, within(1e-6));
        }
    }

    private static double clamp(double value) {
        return Math.min(1, Math.max(0, value));
    }

    private static byte[] ramp(int count) {
        byte[] bytes = new byte[count];
        IntStream.range(0, count).forEach(i -> bytes[i] = (byte) i);
        return bytes;
    }

    private static int[] batch(Dataset dataset, Augmentation augmentation, int count, long step) {
        try (Scope scope = Scope.open();
                Loader loader = new Loader(dataset, augmentation, count, 1, 0, 255)) {
            float[] pixels = loader.batch(step).toArray();
            return IntStream.range(0, pixels.length)
                    .map(i -> Math.round(pixels[i]))
                    .toArray();
        }
    }
}
