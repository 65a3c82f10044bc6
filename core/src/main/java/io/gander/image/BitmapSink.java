package io.gander.image;

/** Collects rows into a picture. */
public final class BitmapSink implements RowSink {
    private final Bitmap bitmap;
    private int place;

    /** @throws IllegalArgumentException if an array cannot hold so much */
    public BitmapSink(int channels, int height, int width) {
        long bytes = (long) channels * height * width;
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(bytes + " bytes");
        }
        this.bitmap = new Bitmap(new byte[(int) bytes], channels, height, width);
    }

    @Override
    public void row(byte[] pixels) {
        System.arraycopy(pixels, 0, bitmap.pixels(), place, pixels.length);
        place += pixels.length;
    }

    /** The picture, whole after the last row. */
    public Bitmap bitmap() {
        return bitmap;
    }
}
