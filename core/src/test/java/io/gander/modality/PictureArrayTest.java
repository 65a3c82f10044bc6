package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.image.Bitmap;
import io.gander.source.Content;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How pictures lie in an array, and which sizes none can have. */
class PictureArrayTest {
    private static Bitmap bitmap(List<Integer> sizes, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return PictureArray.bitmap(new Content.Numbers(sizes, bytes, false));
    }

    @Test
    void theChannelsAreLastOrFirst() {
        assertThat(PictureArray.fits(List.of(2L, 3L))).isTrue();
        assertThat(PictureArray.fits(List.of(2L, 7L, 3L))).isTrue();
        assertThat(PictureArray.fits(List.of(2L, 7L, 4L))).isTrue();
        assertThat(PictureArray.fits(List.of(3L, 2L, 7L))).isTrue();
        assertThat(bitmap(List.of(3, 5, 3), new int[45]))
                .satisfies(both -> assertThat(List.of(both.channels(), both.height(), both.width()))
                        .as("where both fit, the channels come last")
                        .containsExactly(3, 3, 5));
    }

    @Test
    void otherSizesAreNotPictures() {
        assertThat(PictureArray.fits(List.of(784L))).isFalse();
        assertThat(PictureArray.fits(List.of(7L, 7L, 7L))).isFalse();
        assertThat(PictureArray.fits(List.of(2L, 2L, 2L, 3L))).isFalse();
    }

    @Test
    void planesBecomePixels() {
        Bitmap bitmap = bitmap(List.of(3, 1, 2), 1, 2, 3, 4, 5, 6);
        assertThat(bitmap.pixels()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(bitmap.height()).isEqualTo(1);
        assertThat(bitmap.width()).isEqualTo(2);
    }

    @Test
    void transparencyIsOverBlack() {
        assertThat(bitmap(List.of(1, 2, 4), 100, 50, 0, 255, 100, 51, 7, 0).pixels())
                .containsExactly(100, 50, 0, 0, 0, 0);
        assertThat(bitmap(List.of(1, 1, 4), 100, 255, 3, 128).pixels()).containsExactly(50, (byte) 128, 2);
    }
}
