package io.gander.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Decodes picture files. */
public final class Decoder {
    private Decoder() {}

    /**
     * Decodes the first picture of a file, upright, transparency over black.
     *
     * @param file the file's whole content
     * @param least a large picture may come out smaller, but its shorter side not below this; 0 for full size
     * @throws BrokenPicture if it cannot be used
     */
    public static Bitmap decode(byte[] file, int least) throws BrokenPicture {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
            if (image == null) {
                throw new BrokenPicture(BrokenPicture.Kind.NOT_A_PICTURE, "is no picture");
            }
            int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
            byte[] pixels = new byte[3 * rgb.length];
            for (int i = 0; i < rgb.length; i++) {
                pixels[3 * i] = (byte) (rgb[i] >> 16);
                pixels[3 * i + 1] = (byte) (rgb[i] >> 8);
                pixels[3 * i + 2] = (byte) rgb[i];
            }
            return new Bitmap(pixels, 3, image.getHeight(), image.getWidth());
        } catch (IOException | RuntimeException e) {
            throw new BrokenPicture(BrokenPicture.Kind.DAMAGED, "cannot be decoded (" + e.getMessage() + ")");
        }
    }
}
