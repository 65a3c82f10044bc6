package io.gander.modality;

import io.gander.image.Bitmap;
import io.gander.source.Content;
import java.util.List;

/**
 * How a picture lies in an array: height × width, or these and 1, 3 or 4 channels (RGB and opacity), or 1 or 3 channels and these.
 * Where both fit, as 3 × 32 × 3 does, the channels come last.
 */
record PictureArray(int height, int width, int channels, boolean planar) {
    /** Whether an array's examples can be pictures. */
    static boolean fits(List<Long> sizes) {
        if (sizes.size() == 2) {
            return true;
        }
        return sizes.size() == 3 && (last(sizes.get(2)) || sizes.get(0) == 1 || sizes.get(0) == 3);
    }

    private static boolean last(long channels) {
        return channels == 1 || channels == 3 || channels == 4;
    }

    private static PictureArray of(List<Integer> sizes) {
        if (sizes.size() == 2) {
            return new PictureArray(sizes.get(0), sizes.get(1), 1, false);
        }
        return last(sizes.get(2))
                ? new PictureArray(sizes.get(0), sizes.get(1), sizes.get(2), false)
                : new PictureArray(sizes.get(1), sizes.get(2), sizes.get(0), true);
    }

    /** An array's example as a picture, transparency over black. */
    static Bitmap bitmap(Content.Numbers numbers) {
        return of(numbers.sizes()).bitmap(numbers.values());
    }

    private Bitmap bitmap(byte[] values) {
        byte[] pixels = values;
        int plane = height * width;
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
}
