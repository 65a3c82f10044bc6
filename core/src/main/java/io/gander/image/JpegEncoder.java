package io.gander.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Compresses pictures as JPEG (baseline, colours at half the resolution), with the JDK's encoder. */
public final class JpegEncoder {
    private JpegEncoder() {}

    /**
     * A JPEG file's bytes.
     *
     * @param quality from 1 to 100
     */
    public static byte[] encode(Bitmap picture, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(picture), null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage buffered(Bitmap picture) {
        boolean grey = picture.channels() == 1;
        int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
        BufferedImage image = new BufferedImage(picture.width(), picture.height(), type);
        byte[] pixels = picture.pixels();
        if (grey) {
            image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), pixels);
            return image;
        }
        int[] row = new int[picture.width()];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < row.length; x++) {
                int place = 3 * (y * row.length + x);
                row[x] = (pixels[place] & 255) << 16 | (pixels[place + 1] & 255) << 8 | (pixels[place + 2] & 255);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }
}
