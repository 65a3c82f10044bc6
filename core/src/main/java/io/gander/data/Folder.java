package io.gander.data;

import io.gander.error.UserError;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** All pictures below a folder, in the order of their paths: cropped to the centre square, resized, held in memory. */
public final class Folder {
    private static final List<String> ENDINGS = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

    private Folder() {}

    /**
     * Decodes the folder on all cores. Files that are no pictures are left out and counted in the set's name.
     *
     * @param channels 1 (grey) or 3 (RGB)
     */
    public static Dataset read(Path folder, int channels, int side) {
        if (!Files.isDirectory(folder)) {
            throw new UserError("data.path: there is no folder '" + folder + "'; give one that holds pictures ("
                    + String.join(", ", ENDINGS) + ").");
        }
        List<Path> files = pictures(folder);
        if (files.isEmpty()) {
            throw new UserError(
                    "data.path: no picture below '" + folder + "'; looked for " + String.join(", ", ENDINGS) + ".");
        }
        long bytes = (long) files.size() * channels * side * side;
        if (bytes > Runtime.getRuntime().maxMemory() / 2) {
            throw new UserError(
                    "data.path: " + files.size() + " pictures of " + side + "×" + side + " need " + (bytes >> 20)
                            + " MB; the JVM may use " + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB. Set GANDER_OPTS=-Xmx" + ((bytes * 3) >> 30) + "g, or a smaller data.size.");
        }
        List<byte[]> pixels = files.parallelStream()
                .map(file -> decode(file, channels, side))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        if (pixels.isEmpty()) {
            throw new UserError("data.path: none of the " + files.size() + " files below '" + folder
                    + "' is a picture that can be read.");
        }
        int broken = files.size() - pixels.size();
        String name = folder.getFileName() + (broken == 0 ? "" : " (" + broken + " unreadable left out)");
        return PixelStore.of(name, pixels, channels, side);
    }

    private static List<Path> pictures(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(Folder::isPicture)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) { // the stream throws the second kind
            throw new UserError(
                    "data.path: cannot list '" + folder + "' (" + e.getMessage() + "); may you read it?", e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static byte @Nullable [] decode(Path file, int channels, int side) {
        try {
            BufferedImage image = open(file);
            return image == null ? null : planes(square(image, side), channels);
        } catch (IOException | RuntimeException e) {
            return null; // ImageIO's readers throw either for a damaged file; it is counted as unreadable
        }
    }

    /** The first picture of a file; null if it is none, or if a JPEG ends before its pixels do. */
    private static @Nullable BufferedImage open(Path file) throws IOException {
        // Not by java.io.File: it loses names that the locale cannot spell.
        try (InputStream bytes = Files.newInputStream(file);
                ImageInputStream in = new MemoryCacheImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                return null;
            }
            ImageReader reader = readers.next();
            try {
                AtomicBoolean cut = new AtomicBoolean();
                reader.addIIOReadWarningListener((source, warning) -> {
                    if (warning.contains("premature end")) { // libjpeg fills up with grey and only warns
                        cut.set(true);
                    }
                });
                reader.setInput(in, true, true);
                BufferedImage image = reader.read(0);
                return cut.get() ? null : image;
            } finally {
                reader.dispose();
            }
        }
    }

    /** The centre square, averaged down (or smoothly up) to the given side; transparency over black. */
    private static BufferedImage square(BufferedImage image, int side) {
        int crop = Math.min(image.getWidth(), image.getHeight());
        BufferedImage centre =
                image.getSubimage((image.getWidth() - crop) / 2, (image.getHeight() - crop) / 2, crop, crop);
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            centre = greyAsColour(centre);
        }
        Image scaled = crop > side ? centre.getScaledInstance(side, side, Image.SCALE_AREA_AVERAGING) : centre;
        BufferedImage result = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = result.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(scaled, 0, 0, side, side, null);
        graphics.dispose();
        return result;
    }

    /** The same values in red, green and blue. Java takes grey for linear light, and would brighten it on the way. */
    private static BufferedImage greyAsColour(BufferedImage grey) {
        int width = grey.getWidth();
        int surplus = grey.getColorModel().getComponentSize(0) - 8; // bits
        Raster raster = grey.getRaster();
        BufferedImage colour = new BufferedImage(width, grey.getHeight(), BufferedImage.TYPE_INT_ARGB);
        int[] row = new int[width];
        int[] alpha = new int[width];
        Arrays.fill(alpha, 255 << surplus);
        for (int y = 0; y < grey.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            if (raster.getNumBands() == 2) {
                raster.getSamples(0, y, width, 1, 1, alpha);
            }
            for (int x = 0; x < width; x++) {
                row[x] = (alpha[x] >> surplus) << 24 | (row[x] >> surplus) * 0x010101;
            }
            colour.setRGB(0, y, width, 1, row, 0, width);
        }
        return colour;
    }

    private static byte[] planes(BufferedImage image, int channels) {
        int side = image.getWidth();
        int[] rgb = image.getRGB(0, 0, side, side, null, 0, side);
        byte[] planes = new byte[channels * rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            int red = rgb[i] >> 16 & 255;
            int green = rgb[i] >> 8 & 255;
            int blue = rgb[i] & 255;
            if (channels == 1) {
                planes[i] = (byte) Math.round(0.299 * red + 0.587 * green + 0.114 * blue); // ITU-R BT.601
            } else {
                planes[i] = (byte) red;
                planes[i + rgb.length] = (byte) green;
                planes[i + 2 * rgb.length] = (byte) blue;
            }
        }
        return planes;
    }
}
