package io.gander.generate;

import io.gander.image.Bitmap;
import io.gander.image.Resize;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A sheet of what went in and what came out, a row each, up to a number of rows. */
public final class BeforeAfter {
    private static final int MOST_ROWS = 16;
    static final int MOST_HEIGHT = 512;
    static final int MOST_WIDTH = 1024;
    private static final int GAP = 2;

    private final List<BufferedImage> before = new ArrayList<>();
    private final List<BufferedImage> after = new ArrayList<>();

    /** Whether no more is wanted. */
    public boolean full() {
        return before.size() == MOST_ROWS;
    }

    public int rows() {
        return before.size();
    }

    /** @param made the result; the input is shown at its size */
    void add(Bitmap input, Bitmap made) {
        before.add(Resize.LANCZOS.apply(input, made.width(), made.height()).toImage());
        after.add(made.toImage());
    }

    /** The sheet; there must be a row. */
    public BufferedImage image() {
        int width = after.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int height = after.stream().mapToInt(image -> image.getHeight() + GAP).sum();
        BufferedImage sheet = new BufferedImage(2 * width + 3 * GAP, height + GAP, BufferedImage.TYPE_INT_RGB);
        int y = GAP;
        for (int i = 0; i < after.size(); i++) {
            // Right and left of the middle; a grey picture is drawn by its numbers, as it lies in its file.
            draw(before.get(i), sheet, GAP + width - before.get(i).getWidth(), y);
            draw(after.get(i), sheet, 2 * GAP + width, y);
            y += after.get(i).getHeight() + GAP;
        }
        return sheet;
    }

    private static void draw(BufferedImage picture, BufferedImage sheet, int left, int top) {
        for (int band = 0; band < 3; band++) {
            int own = Math.min(band, picture.getRaster().getNumBands() - 1);
            int width = picture.getWidth();
            int height = picture.getHeight();
            int[] samples = picture.getRaster().getSamples(0, 0, width, height, own, (int[]) null);
            sheet.getRaster().setSamples(left, top, width, height, band, samples);
        }
    }
}
