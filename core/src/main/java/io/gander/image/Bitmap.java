package io.gander.image;

import java.awt.image.BufferedImage;

/**
 * A decoded picture, 8 bits a channel.
 *
 * @param pixels height·width·channels unsigned bytes: row by row, the channels of a pixel side by side
 * @param channels 1 (grey) or 3 (RGB)
 */
public record Bitmap(byte[] pixels, int channels, int height, int width) {
    public Bitmap {
        if (pixels.length != height * width * channels) {
            throw new IllegalArgumentException(
                    pixels.length + " bytes for " + height + "×" + width + "×" + channels + " pixels");
        }
    }

    /** A part of this picture. */
    public Bitmap crop(int x, int y, int width, int height) {
        byte[] part = new byte[height * width * channels];
        for (int row = 0; row < height; row++) {
            System.arraycopy(
                    pixels, ((y + row) * this.width + x) * channels, part, row * width * channels, width * channels);
        }
        return new Bitmap(part, channels, height, width);
    }

    /** The same in grey (luma by ITU-R BT.601, as Pillow computes it) or with grey in all three channels. */
    public Bitmap withChannels(int wanted) {
        if (wanted == channels) {
            return this;
        }
        byte[] other = new byte[height * width * wanted];
        if (wanted == 1) {
            for (int i = 0; i < other.length; i++) {
                int red = pixels[3 * i] & 255;
                int green = pixels[3 * i + 1] & 255;
                int blue = pixels[3 * i + 2] & 255;
                other[i] = (byte) luma(red, green, blue);
            }
        } else {
            for (int i = 0; i < pixels.length; i++) {
                other[3 * i] = pixels[i];
                other[3 * i + 1] = pixels[i];
                other[3 * i + 2] = pixels[i];
            }
        }
        return new Bitmap(other, wanted, height, width);
    }

    /** How bright a colour is (ITU-R BT.601); all from 0 to 255. */
    static int luma(int red, int green, int blue) {
        return (19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16;
    }

    /** Grey that is held in three equal channels, in one. */
    Bitmap firstChannel() {
        byte[] first = new byte[height * width];
        for (int i = 0; i < first.length; i++) {
            first[i] = pixels[i * channels];
        }
        return new Bitmap(first, 1, height, width);
    }

    /**
     * A picture whose channels lie one behind the other.
     *
     * @param planes channels·height·width bytes from {@code offset} on
     */
    public static Bitmap ofPlanes(byte[] planes, int offset, int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        int plane = height * width;
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < plane; i++) {
                pixels[i * channels + channel] = planes[offset + channel * plane + i];
            }
        }
        return new Bitmap(pixels, channels, height, width);
    }

    /** The pixels of a picture of Java's, transparency over black. */
    public static Bitmap of(BufferedImage image) {
        return JdkReader.onScreen(image, 0, 0, image.getWidth(), image.getHeight());
    }

    /** The same as a picture of Java's: grey, or RGB. */
    public BufferedImage toImage() {
        boolean grey = channels == 1;
        BufferedImage image =
                new BufferedImage(width, height, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        if (grey) {
            image.getRaster().setDataElements(0, 0, width, height, pixels);
            return image;
        }
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int place = 3 * (y * width + x);
                row[x] = (pixels[place] & 255) << 16 | (pixels[place + 1] & 255) << 8 | (pixels[place + 2] & 255);
            }
            image.getRaster().setDataElements(0, y, width, 1, row);
        }
        return image;
    }

    /** Copies the pixels channel by channel, as {@code channels·height·width} bytes from {@code offset} on. */
    public void planes(byte[] target, int offset) {
        int plane = height * width;
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < plane; i++) {
                target[offset + channel * plane + i] = pixels[i * channels + channel];
            }
        }
    }
}
