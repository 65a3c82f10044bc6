package io.gander.game;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** What a sheet of samples is made of. */
final class Cells {
    private static final int GAP = 2;

    private Cells() {}

    /** A sheet's bytes: two that look the same have the same. */
    static byte[] pixels(BufferedImage sheet) {
        int[] samples = sheet.getRaster().getPixels(0, 0, sheet.getWidth(), sheet.getHeight(), (int[]) null);
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            pixels[i] = (byte) samples[i];
        }
        return pixels;
    }

    /** The grey samples of a sheet, row by row, empty places at its end included. */
    static List<byte[]> of(BufferedImage sheet, int width, int height) {
        int across = (sheet.getWidth() - GAP) / (width + GAP);
        int down = (sheet.getHeight() - GAP) / (height + GAP);
        List<byte[]> cells = new ArrayList<>();
        for (int i = 0; i < across * down; i++) {
            int x = GAP + i % across * (width + GAP);
            int y = GAP + i / across * (height + GAP);
            cells.add(pixels(sheet.getSubimage(x, y, width, height)));
        }
        return cells;
    }
}
