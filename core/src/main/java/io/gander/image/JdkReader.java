package io.gander.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.gander.error.BrokenExample;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
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

    interface Reading<T> {
        T read(ImageReader reader) throws IOException, BrokenExample;
    }

    /** Reads by the reader of a format; its failures become {@link BrokenExample}. */
    static <T> T read(String format, byte[] file, Reading<T> reading) throws BrokenExample {
        return read(ImageIO.getImageReadersByFormatName(format).next(), file, reading);
    }

    /** Reads by a reader, which is then gone. */
    static <T> T read(ImageReader reader, byte[] file, Reading<T> reading) throws BrokenExample {
        try (ImageInputStream in = new ByteArrayImageInputStream(file)) { // its length is known, which bounds counts
            reader.setInput(in, true, false);
            return reading.read(reader);
        } catch (IOException | RuntimeException e) { // these readers throw either for a damaged file
            if (String.valueOf(e.getMessage()).startsWith("Unsupported JPEG process")) {
                throw BrokenExample.unknown("a TIFF with lossless JPEG", "save it with LZW or none");
            }
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
        boolean blended = image.isAlphaPremultiplied() && isPlain(image.getColorModel());
        for (int y = 0; y < rows; y++) {
            readRow(image, y, argb);
            int target = 3 * ((top + y) * width + left);
            for (int colour : argb) {
                int alpha = blended ? 255 : colour >>> 24;
                pixels[target] = (byte) Leptonica.times(colour >> 16 & 255, alpha);
                pixels[target + 1] = (byte) Leptonica.times(colour >> 8 & 255, alpha);
                pixels[target + 2] = (byte) Leptonica.times(colour & 255, alpha);
                target += 3;
            }
        }
        Bitmap screen = new Bitmap(pixels, 3, height, width);
        return isGrey(image.getColorModel()) ? screen.firstChannel() : screen;
    }

    /** How opaque each pixel of a picture is, in 1 channel. */
    static Bitmap alpha(BufferedImage image) {
        int width = image.getWidth();
        byte[] opacity = new byte[image.getHeight() * width];
        int[] argb = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            readRow(image, y, argb);
            for (int x = 0; x < width; x++) {
                opacity[y * width + x] = (byte) (argb[x] >>> 24);
            }
        }
        return new Bitmap(opacity, 1, image.getHeight(), width);
    }

    /** Alpha, red, green and blue; of {@linkplain #isPlain plain} numbers as the file has them, perhaps multiplied by alpha. */
    private static void readRow(BufferedImage image, int y, int[] argb) {
        ColorModel model = image.getColorModel();
        if (!isPlain(model)) { // getRGB divides by alpha what was multiplied by it
            image.getRGB(0, y, argb.length, 1, argb, 0, argb.length);
            return;
        }
        // Java takes grey for linear light, and getRGB would brighten it; deep numbers it would round.
        int[] samples = new int[argb.length];
        Arrays.fill(argb, 0);
        int colours = model.getNumColorComponents();
        for (int channel = 0; channel < 3; channel++) {
            int band = Math.min(channel, colours - 1);
            image.getRaster().getSamples(0, y, argb.length, 1, band, samples);
            for (int x = 0; x < argb.length; x++) {
                argb[x] |= eightBits(samples[x], model.getComponentSize(band)) << (16 - 8 * channel);
            }
        }
        if (model.hasAlpha()) {
            image.getRaster().getSamples(0, y, argb.length, 1, colours, samples);
        }
        for (int x = 0; x < argb.length; x++) {
            int alpha = model.hasAlpha() ? eightBits(samples[x], model.getComponentSize(colours)) : 255;
            argb[x] |= alpha << 24;
        }
    }

    /** Whether the numbers of the raster are greys, or red, green and blue. */
    private static boolean isPlain(ColorModel model) {
        int space = model.getColorSpace().getType();
        return model instanceof ComponentColorModel && (space == ColorSpace.TYPE_GRAY || space == ColorSpace.TYPE_RGB);
    }

    /** A number's highest 8 bits; fewer are stretched. */
    private static int eightBits(int sample, int bits) {
        return bits >= 8 ? sample >>> (bits - 8) : sample * 255 / ((1 << bits) - 1);
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
