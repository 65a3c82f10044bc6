package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.image.Bitmap;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How pictures lie in an array, and which sizes none can have. */
class LayoutTest {
    @Test
    void theChannelsAreLastOrSecond() {
        assertThat(Layout.of(List.of(5L, 2L, 3L))).isEqualTo(new Layout(5, 2, 3, 1, false));
        assertThat(Layout.of(List.of(5L, 2L, 7L, 3L))).isEqualTo(new Layout(5, 2, 7, 3, false));
        assertThat(Layout.of(List.of(5L, 2L, 7L, 4L))).isEqualTo(new Layout(5, 2, 7, 4, false));
        assertThat(Layout.of(List.of(5L, 3L, 2L, 7L))).isEqualTo(new Layout(5, 2, 7, 3, true));
        assertThat(Layout.of(List.of(9L, 3L, 32L, 3L))).isEqualTo(new Layout(9, 3, 32, 3, false));
    }

    @Test
    void otherSizesAreNotPictures() {
        assertThat(Layout.of(List.of())).isNull();
        assertThat(Layout.of(List.of(60_000L, 784L))).isNull();
        assertThat(Layout.of(List.of(5L, 7L, 7L, 7L))).isNull();
        assertThat(Layout.of(List.of(0L, 28L, 28L))).isNull();
        assertThat(Layout.of(List.of(5L, 0L, 28L))).isNull();
        assertThat(Layout.of(List.of(5L, 28L, 0L))).isNull();
    }

    /** Whose products do not fit 64 bits, or 32. */
    @Test
    void noPictureIsLargerThanMemory() {
        assertThat(Layout.of(List.of(1L, 0xffffffffL, 0xffffffffL))).isNull();
        assertThat(Layout.of(List.of(1L, 0xffffffffL, 0xffffffffL, 4L))).isNull();
        assertThat(Layout.of(List.of(1L, 65_536L, 65_536L))).isNull();
        assertThat(Layout.of(List.of(1L, 8192L, 8193L))).isNull();
        assertThat(Layout.of(List.of(0xffffffffL, 8192L, 8192L))).isNotNull();
    }

    @Test
    void planesBecomePixels() {
        Bitmap bitmap = layout(1, 3, 1, 2).bitmap(new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(bitmap.pixels()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(bitmap.height()).isEqualTo(1);
        assertThat(bitmap.width()).isEqualTo(2);
    }

    @Test
    void transparencyIsOverBlack() {
        Bitmap bitmap = layout(1, 1, 2, 4).bitmap(new byte[] {100, 50, 0, (byte) 255, 100, 51, 7, 0});
        assertThat(bitmap.pixels()).containsExactly(100, 50, 0, 0, 0, 0);
        assertThat(layout(1, 1, 1, 4)
                        .bitmap(new byte[] {100, (byte) 255, 3, (byte) 128})
                        .pixels())
                .containsExactly(50, (byte) 128, 2);
    }

    private static Layout layout(long... sizes) {
        return Objects.requireNonNull(Layout.of(Arrays.stream(sizes).boxed().toList()));
    }
}
