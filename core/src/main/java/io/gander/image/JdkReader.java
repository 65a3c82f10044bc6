package io.gander.image;

import java.awt.image.BufferedImage;
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
        Bitmap read(ImageReader reader) throws IOException, BrokenPicture;
    }

    /** Reads by the reader of a format; its failures become {@link BrokenPicture}. */
    static Bitmap read(String format, byte[] file, Reading reading) throws BrokenPicture {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in, true, false);
            return reading.read(reader);
        } catch (IOException | RuntimeException e) { // these readers throw either for a damaged file
            throw e instanceof EOFException || e.getCause() instanceof EOFException
                    ? BrokenPicture.cutOff()
                    : BrokenPicture.damaged();
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

    /** A picture at its place on a black screen; one channel if its palette has only greys. */
    static Bitmap onScreen(BufferedImage image, int left, int top, int width, int height) {
        int channels = isGrey(image) ? 1 : 3;
        byte[] pixels = new byte[height * width * channels];
        int columns = Math.min(image.getWidth(), width - left);
        int rows = Math.min(image.getHeight(), height - top);
        int[] argb = new int[Math.max(columns, 0)];
        for (int y = 0; y < rows && columns > 0; y++) {
            image.getRGB(0, y, columns, 1, argb, 0, columns);
            int target = ((top + y) * width + left) * channels;
            for (int x = 0; x < columns; x++) {
                int alpha = argb[x] >>> 24;
                for (int shift = 16; shift > 16 - 8 * channels; shift -= 8) {
                    pixels[target++] = (byte) Leptonica.times(argb[x] >> shift & 255, alpha);
                }
            }
        }
        return new Bitmap(pixels, channels, height, width);
    }

    private static boolean isGrey(BufferedImage image) {
        if (!(image.getColorModel() instanceof IndexColorModel)) {
            return false;
        }
        IndexColorModel palette = (IndexColorModel) image.getColorModel();
        for (int i = 0; i < palette.getMapSize(); i++) {
            if (palette.getRed(i) != palette.getGreen(i) || palette.getRed(i) != palette.getBlue(i)) {
                return false;
            }
        }
        return true;
    }
}
