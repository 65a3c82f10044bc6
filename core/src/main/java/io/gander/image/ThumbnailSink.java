package io.gander.image;

import java.util.Arrays;

/** Makes a large picture small while its rows pass: averages of square blocks, then {@link Resize#LANCZOS}. */
public final class ThumbnailSink implements RowSink {
    private final int channels;
    private final int height;
    private final int width;
    private final int newHeight;
    private final int newWidth;
    private final int factor;
    private final Bitmap reduced;
    private final int[] sums;
    private int rows;

    /**
     * @param mostHeight of the result, which keeps the ratio of its sides and is never enlarged
     * @param mostWidth of the result
     */
    public ThumbnailSink(int channels, int height, int width, int mostHeight, int mostWidth) {
        double gain = Math.min(1, Math.min((double) mostHeight / height, (double) mostWidth / width));
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.newHeight = Math.max(1, (int) Math.round(height * gain));
        this.newWidth = Math.max(1, (int) Math.round(width * gain));
        this.factor = Math.max(1, (int) (1 / gain / 2)); // at least twice what is wanted, for the filter after it
        int across = (width + factor - 1) / factor;
        int down = (height + factor - 1) / factor;
        this.reduced = new Bitmap(new byte[across * down * channels], channels, down, across);
        this.sums = new int[across * channels];
    }

    @Override
    public void row(byte[] pixels) {
        for (int x = 0; x < width; x++) {
            for (int channel = 0; channel < channels; channel++) {
                sums[x / factor * channels + channel] += pixels[x * channels + channel] & 255;
            }
        }
        rows++;
        if (rows % factor != 0 && rows != height) {
            return;
        }
        int tall = (rows - 1) % factor + 1;
        int target = (rows - 1) / factor * sums.length;
        for (int i = 0; i < sums.length; i++) {
            int wide = Math.min(factor, width - i / channels * factor);
            reduced.pixels()[target + i] = (byte) ((sums[i] + tall * wide / 2) / (tall * wide));
        }
        Arrays.fill(sums, 0);
    }

    /** The small picture, whole after the last row. */
    public Bitmap bitmap() {
        return Resize.LANCZOS.apply(reduced, newWidth, newHeight);
    }
}
