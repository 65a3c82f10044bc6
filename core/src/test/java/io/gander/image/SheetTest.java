package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetTest {
    private static BufferedImage plain(int width, int height, int grey) {
        byte[] pixels = new byte[width * height];
        Arrays.fill(pixels, (byte) grey);
        return new Bitmap(pixels, 1, height, width).toImage();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1, 1",
        "2, 0, 2, 1",
        "4, 0, 3, 2",
        "5, 0, 3, 2",
        "64, 0, 10, 7",
        "10, 5, 5, 2",
        "7, 3, 3, 3",
        "2, 8, 8, 1"
    })
    void isCloseToASquareOrAsWideAsAsked(int count, int columns, int across, int down) {
        BufferedImage sheet = Sheet.of(Collections.nCopies(count, plain(3, 4, 0)), columns);

        assertThat(sheet.getWidth()).isEqualTo(2 + across * (3 + 2));
        assertThat(sheet.getHeight()).isEqualTo(2 + down * (4 + 2));
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void holdsEveryPictureInItsPlace(int channels) {
        int plane = 4; // 2×2
        byte[] pixels = new byte[5 * channels * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (100 + i);
        }
        List<BufferedImage> pictures = IntStream.range(0, 5)
                .mapToObj(i -> Bitmap.ofPlanes(pixels, i * channels * plane, channels, 2, 2)
                        .toImage())
                .toList();

        BufferedImage sheet = Sheet.of(pictures, 3);

        assertThat(sheet.getRaster().getNumBands()).isEqualTo(channels);
        for (int i = 0; i < 5; i++) {
            BufferedImage cell = sheet.getSubimage(2 + i % 3 * 4, 2 + i / 3 * 4, 2, 2);
            for (int band = 0; band < channels; band++) {
                int from = (i * channels + band) * plane;
                int[] expected = new int[plane];
                Arrays.setAll(expected, k -> pixels[from + k] & 255);
                assertThat(samples(cell, band))
                        .as("picture %d, channel %d", i, band)
                        .isEqualTo(expected);
            }
        }
        assertThat(samples(sheet.getSubimage(0, 0, sheet.getWidth(), 2), 0))
                .as("gap above")
                .containsOnly(0);
        assertThat(samples(sheet.getSubimage(10, 6, 4, 4), 0))
                .as("the empty sixth place")
                .containsOnly(0);
    }

    @Test
    void aGreySheetSurvivesPngUnchanged() throws IOException {
        byte[] pixels = new byte[256];
        int[] expected = new int[256];
        for (int i = 0; i < 256; i++) {
            pixels[i] = (byte) i;
            expected[i] = i;
        }
        BufferedImage picture = new Bitmap(pixels, 1, 16, 16).toImage();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(Sheet.of(List.of(picture), 0), "png", file);

        BufferedImage again = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));

        assertThat(samples(again.getSubimage(2, 2, 16, 16), 0)).isEqualTo(expected);
    }

    @Test
    void columnsStandSideBySideWithoutAGapAsFarAsAllReach() {
        List<BufferedImage> left = List.of(plain(2, 1, 10), plain(2, 1, 20), plain(2, 1, 30));
        List<BufferedImage> right = List.of(plain(2, 1, 50), plain(2, 1, 60));

        List<BufferedImage> rows = Sheet.sideBySide(List.of(left, right));

        assertThat(rows).hasSize(2);
        assertThat(samples(rows.get(0), 0)).containsExactly(10, 10, 50, 50);
        assertThat(samples(rows.get(1), 0)).containsExactly(20, 20, 60, 60);
        assertThat(Sheet.sideBySide(List.of(left))).isSameAs(left);
    }

    private static int[] samples(BufferedImage image, int band) {
        int[] samples = new int[image.getWidth() * image.getHeight()];
        return image.getData()
                .getSamples(image.getMinX(), image.getMinY(), image.getWidth(), image.getHeight(), band, samples);
    }
}
