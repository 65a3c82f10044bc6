package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How examples lie in an array, and which sizes are none that is wanted. */
class LayoutTest {
    @Test
    void theFirstSizeCountsTheExamples() {
        assertThat(Layout.of(List.of(5L, 2L, 3L), Items.WANTED)).isEqualTo(new Layout(5, List.of(2, 3)));
        assertThat(Layout.of(List.of(5L, 2L, 7L, 3L), Items.WANTED)).isEqualTo(new Layout(5, List.of(2, 7, 3)));
        assertThat(Layout.of(List.of(5L, 2L, 7L, 4L), Items.WANTED)).isEqualTo(new Layout(5, List.of(2, 7, 4)));
        assertThat(Layout.of(List.of(5L, 3L, 2L, 7L), Items.WANTED)).isEqualTo(new Layout(5, List.of(3, 2, 7)));
        assertThat(Layout.of(List.of(9L, 3L, 32L, 3L), Items.WANTED)).isEqualTo(new Layout(9, List.of(3, 32, 3)));
    }

    @Test
    void otherSizesAreNotPictures() {
        assertThat(Layout.of(List.of(), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(60_000L, 784L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(5L, 7L, 7L, 7L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(0L, 28L, 28L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(5L, 0L, 28L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(5L, 28L, 0L), Items.WANTED)).isNull();
    }

    /** Whose products do not fit 64 bits, or 32. */
    @Test
    void noPictureIsLargerThanMemory() {
        assertThat(Layout.of(List.of(1L, 0xffffffffL, 0xffffffffL), Items.WANTED))
                .isNull();
        assertThat(Layout.of(List.of(1L, 0xffffffffL, 0xffffffffL, 4L), Items.WANTED))
                .isNull();
        assertThat(Layout.of(List.of(1L, 65_536L, 65_536L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(1L, 8192L, 8193L), Items.WANTED)).isNull();
        assertThat(Layout.of(List.of(0xffffffffL, 8192L, 8192L), Items.WANTED)).isNotNull();
    }
}
