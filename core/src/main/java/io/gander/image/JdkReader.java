package io.gander.image;

import io.gander.error.BrokenExample;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** What the JDK's own readers do: rare formats, and saying what is wrong with a JPEG. */
final class JdkReader {
    /** What {@code JPEGImageReader} says of a file without end marker. */
    private static final String NO_END = "Missing EOI";

    private JdkReader() {}

    interface Reading {
        Bitmap read(ImageReader reader) throws IOException, BrokenExample;
    }

    /** Reads by the reader of a format; its failures become {@link BrokenExample}. */
    static Bitmap read(String format, byte[] file, Reading reading) throws BrokenExample {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, false);
            return reading.read(reader);
        } catch (IOException | RuntimeException e) { // these readers throw either for a damaged file
            throw e instanceof EOFException || e.getCause() instanceof EOFException
                    ? BrokenExample.cutOff()
                    : BrokenExample.damaged();
        } finally {
            reader.dispose();
        }
    }

    /** The first thing that libjpeg remarks about a JPEG's data; null if nothing but the end marker may be missing. */
    static @Nullable String firstWarningOfJpeg(byte[] file) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        AtomicReference<@Nullable String> first = new AtomicReference<>();
        reader.addIIOReadWarningListener((source, warning) -> {
            if (!warning.contains(NO_END)) {
                first.compareAndSet(null, warning);
            }
        });
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, true);
            reader.readRaster(0, null); // not read(), which refuses four channels
        } catch (IOException | RuntimeException e) {
            return "Corrupt JPEG data: " + e.getMessage();
        } finally {
            reader.dispose();
        }
        return first.get();
    }

    /** A picture at its place on a black screen; one channel if it has only greys. */
    static Bitmap onScreen(BufferedImage image, int left, int top, int width, int height) {
        int columns = Math.max(Math.min(image.getWidth(), width - left), 0);
        int rows = Math.min(image.getHeight(), height - top);
        byte[] pixels = new byte[3 * height * width];
        int[] argb = new int[columns];
        for (int y = 0; y < rows; y++) {
            readRow(image, y, argb);
            int target = 3 * ((top + y) * width + left);
            for (int colour : argb) {
                int alpha = colour >>> 24;
                pixels[target] = (byte) Leptonica.times(colour >> 16 & 255, alpha);
                pixels[target + 1] = (byte) Leptonica.times(colour >> 8 & 255, alpha);
                pixels[target + 2] = (byte) Leptonica.times(colour & 255, alpha);
                target += 3;
            }
        }
        Bitmap screen = new Bitmap(pixels, 3, height, width);
        return isGrey(image.getColorModel()) ? screen.firstChannel() : screen;
    }

    private static void readRow(BufferedImage image, int y, int[] argb) {
        if (image.getColorModel() instanceof IndexColorModel || !isGrey(image.getColorModel())) {
            image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
            return;
        }
        // Java takes grey without palette for linear light, and getRGB would brighten it.
        image.getRaster().getSamples(0, y, argb.length, 1, 0, argb);
        for (int x = 0; x < argb.length; x++) {
            argb[x] = 0xFF000000 | argb[x] * 0x010101;
        }
    }

    private static boolean isGrey(ColorModel model) {
        if (!(model instanceof IndexColorModel palette)) {
            return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
        }
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }
}
