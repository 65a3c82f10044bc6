package io.gander.source;

import io.gander.image.Bitmap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the pictures of an array lie in its bytes.
 *
 * @param channels 1 (grey), 3 (RGB) or 4 (RGB and opacity)
 * @param planar whether they lie channel by channel, not pixel by pixel
 */
record Layout(long count, int height, int width, int channels, boolean planar) {
    /** Bytes that one picture may take as it is stored: what a header promises beyond is a mistake or malice. */
    static final int MOST = 1 << 26;

    /**
     * From an array's sizes: (count, height, width), (count, height, width, channels) or (count, channels, height,
     * width). Where both of the latter fit, as (9, 3, 32, 3) does, the channels come last.
     *
     * @param sizes none of them negative
     * @return null if they are none of these
     */
    static @Nullable Layout of(List<Long> sizes) {
        if (sizes.size() == 3) {
            return of(sizes.get(0), sizes.get(1), sizes.get(2), 1, false);
        }
        if (sizes.size() != 4) {
            return null;
        }
        long second = sizes.get(1);
        long last = sizes.get(3);
        if (last == 1 || last == 3 || last == 4) {
            return of(sizes.get(0), second, sizes.get(2), (int) last, false);
        }
        return second == 1 || second == 3 ? of(sizes.get(0), sizes.get(2), last, (int) second, true) : null;
    }

    private static @Nullable Layout of(long count, long height, long width, int channels, boolean planar) {
        boolean possible = count > 0 && height > 0 && width > 0 && height <= MOST / width / channels;
        return possible ? new Layout(count, (int) height, (int) width, channels, planar) : null;
    }

    /** An array's sizes, for a message. */
    static String text(List<Long> sizes) {
        return sizes.isEmpty()
                ? "no dimension"
                : sizes.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }

    /** Numbers of one picture. */
    int values() {
        return height * width * channels;
    }

    /** One picture, transparency over black. */
    Bitmap bitmap(byte[] values) {
        int plane = height * width;
        byte[] pixels = values;
        if (planar && channels > 1) {
            pixels = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                pixels[i] = values[i % channels * plane + i / channels];
            }
        }
        return new Bitmap(channels == 4 ? overBlack(pixels) : pixels, channels == 1 ? 1 : 3, height, width);
    }

    private static byte[] overBlack(byte[] rgba) {
        byte[] rgb = new byte[rgba.length / 4 * 3];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3 * 4;
            int opacity = rgba[pixel + 3] & 255;
            rgb[i] = (byte) (((rgba[pixel + i % 3] & 255) * opacity + 127) / 255);
        }
        return rgb;
    }

    @Override
    public String toString() {
        return height + "×" + width + "×" + channels;
    }
}
