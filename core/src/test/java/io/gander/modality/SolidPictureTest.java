package io.gander.modality;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class SolidPictureTest {
    private static final int BLANK = 0xFFF7F7F7;
    private static final int SIDE = 48;

    private static int[] pixels(Solid solid) {
        BufferedImage drawn = new SolidPicture(Solids.field(solid), 0, solid.width()).draw(SIDE);
        assertThat(drawn.getWidth()).isEqualTo(SIDE);
        assertThat(drawn.getHeight()).isEqualTo(SIDE);
        return drawn.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    }

    @Test
    void nothingIsABlankPicture() {
        assertThat(pixels(Solids.of(8, 8, 8, (x, y, z) -> false))).containsOnly(BLANK);
    }

    @Test
    void aBoxShowsThreeFacesEachInItsOwnLightAndTheCornersAreBlank() {
        int[] box = pixels(Solids.of(8, 8, 8, (x, y, z) -> true));

        assertThat(box[0]).isEqualTo(BLANK);
        assertThat(box[SIDE * SIDE - 1]).isEqualTo(BLANK);
        assertThat(box).contains(BLANK);
        int top = brightness(box, 0.35);
        int front = brightness(box, 0.65);
        assertThat(top).as("lit from above").isGreaterThan(front);
    }

    /** In the middle column at this share of the height. */
    private static int brightness(int[] pixels, double share) {
        return pixels[((int) (share * SIDE)) * SIDE + SIDE / 2] & 255;
    }

    @Test
    void everyCornerOfTheCubeIsInThePicture() {
        for (int corner = 0; corner < 8; corner++) {
            int c = corner;
            int[] one = pixels(
                    Solids.of(6, 6, 6, (x, y, z) -> x == 5 * (c & 1) && y == 5 * (c >> 1 & 1) && z == 5 * (c >> 2)));
            assertThat(filled(one)).as("corner %d", corner).isGreaterThan(5);
        }
    }

    private static long filled(int[] pixels) {
        long filled = 0;
        for (int pixel : pixels) {
            filled += pixel == BLANK ? 0 : 1;
        }
        return filled;
    }

    @Test
    void upIsUp() {
        int[] low = pixels(Solids.of(8, 8, 8, (x, y, z) -> z == 0));
        int[] high = pixels(Solids.of(8, 8, 8, (x, y, z) -> z == 7));

        assertThat(rows(high)).isLessThan(rows(low) - SIDE / 8.0);
    }

    /** The mean row of what is drawn, from the top. */
    private static double rows(int[] pixels) {
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            int row = i / SIDE;
            sum += pixels[i] == BLANK ? 0 : row;
        }
        return sum / filled(pixels);
    }

    @Test
    void otherSolidsLookOtherwiseAndAnOffsetFindsTheSecond() {
        Solid l = Solids.l(8);
        Solid box = Solids.of(8, 8, 8, (x, y, z) -> z < 3);
        float[] both = new float[2 * 512];
        System.arraycopy(Solids.field(l), 0, both, 0, 512);
        System.arraycopy(Solids.field(box), 0, both, 512, 512);

        assertThat(pixels(l)).isNotEqualTo(pixels(box));
        BufferedImage second = new SolidPicture(both, 512, 8).draw(SIDE);
        assertThat(second.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE)).isEqualTo(pixels(box));
    }
}
