package io.gander.data;

import java.awt.image.BufferedImage;

/**
 * Generated pictures as bytes.
 *
 * @param pixels count·channels·side·side unsigned bytes, channel by channel
 * @param channels 1 (grey) or 3 (RGB)
 */
public record Pictures(byte[] pixels, int count, int channels, int height, int width) {
    /** One picture. */
    public BufferedImage image(int index) {
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(width, height, type);
        int plane = height * width;
        int base = index * channels * plane;
        if (channels == 1) {
            image.getRaster()
                    .setDataElements(0, 0, width, height, java.util.Arrays.copyOfRange(pixels, base, base + plane));
            return image;
        }
        for (int i = 0; i < plane; i++) {
            int rgb = (pixels[base + i] & 255) << 16
                    | (pixels[base + plane + i] & 255) << 8
                    | (pixels[base + 2 * plane + i] & 255);
            image.setRGB(i % width, i / width, rgb);
        }
        return image;
    }

    /**
     * All pictures in rows, close to a square.
     *
     * @param columns pictures a row; 0 chooses
     */
    public BufferedImage grid(int columns) {
        int across =
                columns > 0 ? columns : Math.min(count, (int) Math.ceil(Math.sqrt((double) count * height / width)));
        int down = (count + across - 1) / across;
        int gap = 2;
        int type = channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage sheet = new BufferedImage(across * (width + gap) + gap, down * (height + gap) + gap, type);
        for (int i = 0; i < count; i++) {
            int x = gap + i % across * (width + gap);
            int y = gap + i / across * (height + gap);
            sheet.getRaster().setRect(x, y, image(i).getRaster());
        }
        return sheet;
    }
}
