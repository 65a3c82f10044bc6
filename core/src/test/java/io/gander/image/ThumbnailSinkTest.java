package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailSinkTest {
    @ParameterizedTest
    @CsvSource({
        "100, 50, 200, 200, 100, 50",
        "1000, 600, 50, 999, 50, 30",
        "601, 1003, 999, 100, 60, 100",
        "3, 4000, 9, 100, 1, 100"
    })
    void keepsRatioAndPicture(int height, int width, int mostHeight, int mostWidth, int newHeight, int newWidth)
            throws IOException {
        byte[] pixels = new byte[3 * height * width];
        for (int i = 0; i < pixels.length; i++) {
            int x = i / 3 % width;
            pixels[i] = (byte) (40 * (i % 3) + 100 * x / width);
        }
        Bitmap picture = new Bitmap(pixels, 3, height, width);
        ThumbnailSink thumbnail = new ThumbnailSink(3, height, width, mostHeight, mostWidth);
        RowSink.copy(picture, thumbnail);

        Bitmap small = thumbnail.bitmap();
        assertThat(small.height()).isEqualTo(newHeight);
        assertThat(small.width()).isEqualTo(newWidth);
        Bitmap expected = Resize.LANCZOS.apply(picture, newWidth, newHeight);
        for (int i = 0; i < expected.pixels().length; i++) {
            assertThat(small.pixels()[i] & 255)
                    .isBetween((expected.pixels()[i] & 255) - 2, (expected.pixels()[i] & 255) + 2);
        }
    }
}
