package io.gander.image;

import java.io.IOException;

/** Gives a picture the colours of another: hands its rows on with the hue and chroma that they have and the light of a grey picture. */
public final class Recoloured implements RowSink {
    private final Bitmap light;
    private final RowSink sink;
    private int y;

    /**
     * Of colours that come row by row.
     *
     * @param light one channel, as large as what comes
     */
    public Recoloured(Bitmap light, RowSink sink) {
        this.light = light;
        this.sink = sink;
    }

    @Override
    public void row(byte[] pixels) throws IOException {
        int width = light.width();
        for (int x = 0; x < width; x++) {
            int red = pixels[3 * x] & 255;
            int green = pixels[3 * x + 1] & 255;
            int blue = pixels[3 * x + 2] & 255;
            int missing = (light.pixels()[y * width + x] & 255) - Bitmap.luma(red, green, blue);
            pixels[3 * x] = within(red + missing);
            pixels[3 * x + 1] = within(green + missing);
            pixels[3 * x + 2] = within(blue + missing);
        }
        y++;
        sink.row(pixels);
    }

    private static byte within(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }
}
