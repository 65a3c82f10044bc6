package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {
    @Test
    void aGreyPictureHoldsItsBytes() {
        Pictures two = new Pictures(new byte[] {1, 2, 3, 4, 5, 6, (byte) 200, 8, 9, 10, 11, (byte) 255}, 2, 1, 2, 3);

        BufferedImage second = two.image(1);

        assertThat(second.getWidth()).isEqualTo(3);
        assertThat(second.getHeight()).isEqualTo(2);
        assertThat(second.getRaster().getNumBands()).isEqualTo(1);
        assertThat(samples(second, 0)).containsExactly(200, 8, 9, 10, 11, 255);
    }

    @Test
    void aColourPictureMixesItsPlanes() {
        byte[] pixels = {10, 20, (byte) 130, 40, (byte) 250, 60};

        BufferedImage image = new Pictures(pixels, 1, 3, 1, 2).image(0);

        assertThat(image.getRGB(0, 0)).isEqualTo(0xFF0A82FA);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xFF14283C);
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
    void aGridIsCloseToASquareOrAsWideAsAsked(int count, int columns, int across, int down) {
        BufferedImage grid = new Pictures(new byte[count * 12], count, 1, 4, 3).grid(columns);

        assertThat(grid.getWidth()).isEqualTo(2 + across * (3 + 2));
        assertThat(grid.getHeight()).isEqualTo(2 + down * (4 + 2));
    }

    @ParameterizedTest
    @CsvSource({"1", "3"})
    void aGridHoldsEveryPictureInItsPlace(int channels) {
        int plane = 4; // 2×2
        byte[] pixels = new byte[5 * channels * plane];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (100 + i);
        }

        BufferedImage grid = new Pictures(pixels, 5, channels, 2, 2).grid(3);

        assertThat(grid.getRaster().getNumBands()).isEqualTo(channels);
        for (int i = 0; i < 5; i++) {
            BufferedImage cell = grid.getSubimage(2 + i % 3 * 4, 2 + i / 3 * 4, 2, 2);
            for (int band = 0; band < channels; band++) {
                int from = (i * channels + band) * plane;
                int[] expected = new int[plane];
                Arrays.setAll(expected, k -> pixels[from + k] & 255);
                assertThat(samples(cell, band))
                        .as("picture %d, channel %d", i, band)
                        .isEqualTo(expected);
            }
        }
        assertThat(samples(grid.getSubimage(0, 0, grid.getWidth(), 2), 0))
                .as("gap above")
                .containsOnly(0);
        assertThat(samples(grid.getSubimage(10, 6, 4, 4), 0))
                .as("the empty sixth place")
                .containsOnly(0);
    }

    @Test
    void aGreyGridSurvivesPngUnchanged() throws IOException {
        byte[] pixels = new byte[256];
        for (int i = 0; i < 256; i++) {
            pixels[i] = (byte) i;
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(new Pictures(pixels, 1, 1, 16, 16).grid(0), "png", file);

        BufferedImage again = ImageIO.read(new ByteArrayInputStream(file.toByteArray()));

        int[] expected = new int[256];
        Arrays.setAll(expected, i -> i);
        assertThat(samples(again.getSubimage(2, 2, 16, 16), 0)).isEqualTo(expected);
    }

    private static int[] samples(BufferedImage image, int band) {
        int[] samples = new int[image.getWidth() * image.getHeight()];
        return image.getData()
                .getSamples(image.getMinX(), image.getMinY(), image.getWidth(), image.getHeight(), band, samples);
    }
}
