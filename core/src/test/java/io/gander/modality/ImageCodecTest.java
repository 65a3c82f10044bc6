package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.Raw;
import io.gander.data.Loader;
import io.gander.error.BrokenExample;
import io.gander.image.Bitmap;
import io.gander.image.Resize;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.modality.Image.Crop;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.source.Content;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageCodecTest {
    /** 4×4, each pixel its own number. */
    private static final byte[] SQUARE = ramp(16);

    private static ImageCodec grey(int size, int loadSize, Crop crop, boolean flip, double jitter) {
        return new Image(size, 1, loadSize, Resize.BOX, crop, flip, jitter, 0, Pairs.NONE).codec();
    }

    private static ImageCodec plain(int size, int channels, Pairs pairs) {
        return new Image(size, channels, size, Resize.BOX, Crop.CENTRE, false, 0, 0, pairs).codec();
    }

    private static Content file(BufferedImage picture) throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        return new Content.FileBytes("a.png", png.toByteArray());
    }

    @Test
    void aPictureIsStoredChannelByChannelInItsSize() throws Exception {
        BufferedImage wide = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 24; i++) {
            wide.setRGB(i % 6, i / 6, i % 6 == 0 || i % 6 == 5 ? 0xFFFFFF : 0x0A141E);
        }
        ImageCodec codec = plain(2, 3, Pairs.NONE);

        byte[] stored = codec.encode(List.of(file(wide)));

        assertThat(stored).containsExactly(10, 10, 10, 10, 20, 20, 20, 20, 30, 30, 30, 30);
        assertThat(codec.bytes()).isEqualTo(stored.length);
        assertThat(codec.shape()).isEqualTo(Shape.of(3, 2, 2));
        assertThat(codec.things()).isEqualTo("pictures");
        assertThat(codec.bitmap(stored, 0).pixels()).startsWith(10, 20, 30, 10, 20, 30);
    }

    @Test
    void theStorageTellsWhatChangesTheBytesAndNothingElse() {
        Codec codec = grey(4, 8, Crop.CENTRE, false, 0);

        assertThat(grey(2, 8, Crop.RANDOM, true, 0.5).storage()).isEqualTo(codec.storage());
        assertThat(grey(4, 9, Crop.CENTRE, false, 0).storage()).isNotEqualTo(codec.storage());
        assertThat(plain(8, 3, Pairs.NONE).storage()).isNotEqualTo(codec.storage());
        assertThat(plain(8, 1, Pairs.BY_NAME).storage())
                .isNotEqualTo(plain(8, 1, Pairs.SIDE_BY_SIDE).storage());
    }

    @Test
    void theHalvesOfAPictureAreAPair() throws Exception {
        BufferedImage both = new BufferedImage(7, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 21; i++) {
            both.setRGB(i % 7, i / 7, i % 7 < 3 ? 0xFF0000 : i % 7 < 6 ? 0x00FF00 : 0x0000FF);
        }
        ImageCodec codec = plain(3, 3, Pairs.SIDE_BY_SIDE);

        byte[] pair = codec.encode(List.of(file(both)));

        assertThat(codec.members()).isEqualTo(2);
        assertThat(codec.things()).isEqualTo("pairs");
        assertThat(pair).hasSize(2 * 27);
        assertThat(codec.bitmap(pair, 0).pixels()).startsWith(255, 0, 0).endsWith(255, 0, 0);
        assertThat(codec.bitmap(pair, 1).pixels()).startsWith(0, 255, 0).endsWith(0, 255, 0);
    }

    /** Such as a folder of photographs that was taken for pairs. */
    @ParameterizedTest
    @CsvSource({"1, 3", "64, 64"})
    void aPictureThatIsNotWiderThanHighIsNoPair(int width, int height) throws IOException {
        List<Content> square = List.of(file(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB)));

        assertThatThrownBy(() -> plain(4, 3, Pairs.SIDE_BY_SIDE).encode(square))
                .isInstanceOf(BrokenExample.class)
                .hasMessageContaining("is not wider than high")
                .hasMessageContaining("data.pairs=by-name");
    }

    @Test
    void whatIsNoPictureOrNoPairIsBroken() throws IOException {
        Content text = new Content.FileBytes("day/b.png", "no picture".getBytes(StandardCharsets.UTF_8));
        Content good = file(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB));
        Content array = new Content.Numbers(List.of(5, 5, 5), new byte[125], false);

        assertThatThrownBy(() -> plain(4, 1, Pairs.NONE).encode(List.of(text)))
                .hasMessageStartingWith("is not a picture");
        assertThatThrownBy(() -> plain(4, 1, Pairs.NONE).encode(List.of(array)))
                .hasMessage("does not have the shape of a picture");
        assertThatThrownBy(() -> plain(4, 1, Pairs.BY_NAME).encode(List.of(good)))
                .hasMessage("has no partner: its line names one picture");
        assertThatThrownBy(() -> plain(4, 1, Pairs.NONE).encode(List.of(good, good)))
                .hasMessageContaining("is a pair");
        assertThatThrownBy(() -> plain(4, 1, Pairs.BY_NAME).encode(List.of(good, text)))
                .hasMessageStartingWith("has a partner, 'day/b.png', that is not a picture");
        assertThatThrownBy(() -> plain(32, 1, Pairs.NONE).encode(List.of(good)))
                .hasMessage("has 4×4 pixels, too few for 32×32");
    }

    @Test
    void aCheckSeesAPictureAtItsOwnSize() throws Exception {
        Codec.Inspection seen =
                plain(4, 3, Pairs.NONE).inspect(List.of(file(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB))));

        assertThat(seen.sizes()).containsExactly(20, 10);
        assertThat(seen.channels()).isEqualTo(3);
        assertThat(seen.values()).hasSize(600);
        assertThat(seen.thumbnails()).singleElement().satisfies(small -> {
            assertThat(small.getWidth()).isEqualTo(96);
            assertThat(small.getHeight()).isEqualTo(96);
        });
    }

    @ParameterizedTest
    @EnumSource
    void bytesBecomeNumbersInTheGeneratorsRangeAndBytesAgain(Output output) {
        ImageCodec codec = plain(16, 1, Pairs.NONE).within(output);
        byte[] all = ramp(256);
        try (Scope scope = Scope.open()) {
            Tensor loaded = codec.load(all, 1);

            assertThat(loaded.shape()).containsExactly(1, 1, 16, 16);
            assertThat(loaded.toArray()[0]).isEqualTo((float) output.low());
            assertThat(loaded.toArray()[255]).isEqualTo((float) output.high());
            assertThat(codec.natural(loaded).toArray())
                    .usingComparatorWithPrecision(1e-6F)
                    .startsWith(0, 1 / 255F)
                    .endsWith(1);
            assertThat(Bitmap.of(codec.pictures(loaded).get(0)).pixels()).isEqualTo(all);
        }
    }

    @Test
    void aPairsMembersLieBehindEachOther() {
        try (Scope scope = Scope.open()) {
            assertThat(plain(2, 3, Pairs.BY_NAME).load(new byte[5 * 24], 5).shape())
                    .containsExactly(5, 6, 2, 2);
        }
    }

    /** As measures read it: larger than what a step takes. */
    @Test
    void aStoredPictureIsLoadedWhole() {
        try (Scope scope = Scope.open()) {
            assertThat(grey(2, 4, Crop.RANDOM, true, 0.5).load(SQUARE, 1).shape())
                    .containsExactly(1, 1, 4, 4);
        }
    }

    @Test
    void plainDrawsNothing() {
        Codec drawing = grey(2, 4, Crop.RANDOM, true, 0.5);

        assertThat(batch(SQUARE, drawing.plain(), 3, 1)).containsExactly(5, 6, 9, 10, 5, 6, 9, 10, 5, 6, 9, 10);
        assertThat(drawing.plain().storage()).isEqualTo(drawing.storage());
    }

    @Test
    void aColourPictureMixesItsPlanes() {
        byte[] planes = {10, 20, (byte) 130, 40, (byte) 250, 60};
        try (Scope scope = Scope.open()) {
            Tensor two = Tensor.ofPixels(planes, 0, 1, 1, 3, 1, 2);

            BufferedImage image = plain(4, 3, Pairs.NONE).pictures(two).get(0);

            assertThat(image.getRGB(0, 0)).isEqualTo(0xFF0A82FA);
            assertThat(image.getRGB(1, 0)).isEqualTo(0xFF14283C);
        }
    }

    @Test
    void columnsStandSideBySideAndSmallPicturesAreEnlarged() {
        ImageCodec codec = plain(2, 1, Pairs.NONE).within(Output.TANH);
        try (Scope scope = Scope.open()) {
            Tensor large = Tensor.of(new float[] {-1, -1, -1, -1, 1, 1, 1, 1}, 2, 1, 2, 2);
            Tensor small = Tensor.of(new float[] {1, -1}, 2, 1, 1, 1);

            BufferedImage sheet = codec.preview(List.of(large, small, large));

            assertThat(sheet.getWidth()).isEqualTo(2 + 6 + 2);
            assertThat(sheet.getHeight()).isEqualTo(2 + 2 + 2 + 2 + 2);
            assertThat(Bitmap.of(sheet.getSubimage(2, 2, 6, 2)).pixels())
                    .containsExactly(0, 0, 255, 255, 0, 0, 0, 0, 255, 255, 0, 0);
            assertThat(Bitmap.of(sheet.getSubimage(2, 6, 6, 2)).pixels())
                    .containsExactly(255, 255, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void aFileHoldsThePictureAndWhatItSaysOfItself(int channels) throws IOException {
        ImageCodec codec = plain(4, channels, Pairs.NONE).within(Output.TANH);
        byte[] pixels = ramp(channels * 16);
        Codec.Format png = codec.formats().get(0);
        assertThat(png).isEqualTo(new Codec.Format("png", false));
        try (Scope scope = Scope.open()) {
            byte[] file = codec.file(codec.load(pixels, 1), png, Map.of("Software", "Gander"));

            assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("Software", "Gander");
            byte[] planes = new byte[pixels.length];
            BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
            assertThat(read.getRaster().getNumBands()).isEqualTo(channels);
            Bitmap.of(read).planes(planes, 0);
            assertThat(planes).isEqualTo(pixels);
        }
    }

    @Test
    void itsFactsAreItsShapeAndTheOptionsRestoreIt() {
        Image image = new Image(4, 3, 5, Resize.LANCZOS, Crop.RANDOM, true, 0.1, 0, Pairs.NONE);

        assertThat(image.codec().facts()).isEqualTo(Map.of("shape", List.of(3, 4, 4)));
        assertThat(image.restore(new ObjectMapper().valueToTree(image.codec().facts())))
                .isEqualTo(image.codec());
    }

    @Test
    void theCentreIsCroppedWhereTheRecipeSaysSo() {
        ImageCodec centre = grey(2, 4, Crop.CENTRE, false, 0);

        assertThat(batch(SQUARE, centre, 1, 1)).containsExactly(5, 6, 9, 10);
    }

    @Test
    void everyPlaceIsCroppedSometimes() {
        ImageCodec random = grey(2, 4, Crop.RANDOM, false, 0);
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
        ImageCodec flip = grey(4, 4, Crop.CENTRE, true, 0);

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
        Codec all = new Image(3, 1, 4, Resize.BOX, Crop.RANDOM, true, 0.4, 0, Pairs.BY_NAME).codec();
        try (Scope scope = Scope.open();
                Loader loader = new Loader(new Raw(List.of(pair), all), all, 50, 1)) {
            Tensor batch = loader.batch(3);
            assertThat(batch.shape()).containsExactly(50, 2, 3, 3);
            assertThat(batch.narrow(1, 0, 1).toArray())
                    .isEqualTo(batch.narrow(1, 1, 1).toArray());
        }
    }

    @Test
    void theSameSeedAndStepGiveTheSameBatch() {
        ImageCodec all = grey(2, 4, Crop.RANDOM, true, 0.3);

        assertThat(batch(SQUARE, all, 20, 7)).isEqualTo(batch(SQUARE, all, 20, 7));
        assertThat(batch(SQUARE, all, 20, 7)).isNotEqualTo(batch(SQUARE, all, 20, 8));
    }

    /** A plain grey picture has its own mean and is its own grey: only its brightness can change. */
    @Test
    void colourJitterStaysWithinItsLimits() {
        byte[] plain = new byte[3 * 16];
        Arrays.fill(plain, (byte) 100);
        Codec jitter = new Image(4, 3, 4, Resize.BOX, Crop.CENTRE, false, 0.2, 0, Pairs.NONE).codec();

        int[] pixels = batch(plain, jitter, 200, 1);

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
        Codec jitter = new Image(2, 3, 2, Resize.BOX, Crop.CENTRE, false, 0.5, 0, Pairs.NONE)
                .codec()
                .within(Output.TANH);
        SplittableRandom random = Draws.of(1, 1, 3).random();
        double[] factor = new double[3];
        Arrays.setAll(factor, i -> 1 + 0.5 * (2 * random.nextDouble() - 1));
        double red = Math.min(1, 0.8 * factor[0]);
        double mean = 0.299 * red / 4;
        double redAfter = clamp(mean + (red - mean) * factor[1]);
        double blackAfter = clamp(mean - mean * factor[1]);
        double grey = 0.299 * redAfter + 0.701 * blackAfter;

        try (Scope scope = Scope.open();
                Loader loader = new Loader(new Raw(List.of(redAndBlack), jitter), jitter, 1, 1)) {
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

    /** Bytes of a batch. */
    private static int[] batch(byte[] example, Codec codec, int count, long step) {
        try (Scope scope = Scope.open();
                Loader loader = new Loader(new Raw(List.of(example), codec), codec, count, 1)) {
            float[] pixels = loader.batch(step).mul(255).toArray();
            return IntStream.range(0, pixels.length)
                    .map(i -> Math.round(pixels[i]))
                    .toArray();
        }
    }
}
