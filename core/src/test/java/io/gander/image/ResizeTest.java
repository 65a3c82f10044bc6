package io.gander.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResizeTest {
    static List<String[]> sizes() {
        return Fixtures.list("resize");
    }

    @ParameterizedTest(name = "{0} {1}×{2}, {3}, {4} to {5}×{6}")
    @MethodSource("sizes")
    void givesPillowsPixels(
            String name, int width, int height, int channels, Resize filter, int newWidth, int newHeight) {
        Bitmap old = new Bitmap(Fixtures.bytes("resize/" + name + ".raw"), channels, height, width);

        Bitmap result = filter.apply(old, newWidth, newHeight);

        assertThat(result.width()).isEqualTo(newWidth);
        assertThat(result.height()).isEqualTo(newHeight);
        String wanted = "resize/" + name + "-" + filter + "-" + newWidth + "x" + newHeight + ".raw";
        assertThat(result.pixels()).containsExactly(Fixtures.bytes(wanted));
    }

    @ParameterizedTest
    @EnumSource
    void aPictureOfTheRightSizeStaysAsItIs(Resize filter) {
        Bitmap old = new Bitmap(new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);

        assertThat(filter.apply(old, 3, 2)).isSameAs(old);
    }

    @ParameterizedTest
    @EnumSource
    void aPlainPictureStaysPlain(Resize filter) {
        byte[] pixels = new byte[3 * 50 * 70];
        Arrays.fill(pixels, (byte) 200);

        assertThat(filter.apply(new Bitmap(pixels, 3, 50, 70), 13, 99).pixels()).containsOnly(200);
    }

    @Test
    void twoPixelsBecomeTheirMean() {
        Bitmap old = new Bitmap(new byte[] {10, 20}, 1, 1, 2);

        assertThat(Resize.BOX.apply(old, 1, 1).pixels()).containsExactly(15);
    }
}
