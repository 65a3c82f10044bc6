package io.gander.image;

import io.gander.error.BrokenExample;
import io.gander.error.BrokenExample.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Decodes picture files: JPEG, PNG, GIF, BMP, TIFF and WebP. Thread-safe. */
public final class Decoder {
    private static final int MOST_PIXELS = 100_000_000;
    /** Millions of pixels that are decoded at a time, so that memory stays bounded whatever the number of threads. */
    private static final int IN_FLIGHT = 200;

    private static final Semaphore FREE = new Semaphore(IN_FLIGHT, true);

    private Decoder() {}

    /**
     * Decodes the first picture of a file, upright, transparency over black.
     *
     * @param file the file's whole content
     * @param least a JPEG may come out smaller, by 2, 4 or 8, where its shorter side stays at least twice this; 0 for
     *     full size
     * @return 1 channel if the file holds only greys, else 3
     * @throws BrokenExample if it cannot be used
     */
    public static Bitmap decode(byte[] file, int least) throws BrokenExample {
        if (file.length > PictureFiles.MOST_BYTES) {
            throw new BrokenExample(
                    Kind.TOO_LARGE,
                    "has " + (file.length >> 20) + " MB; at most " + (PictureFiles.MOST_BYTES >> 20) + " MB are read");
        }
        PictureFile picture = open(file);
        return upright(picture, () -> picture.decode(least));
    }

    /**
     * The alpha of a file, not a JPEG, that {@link #decode} can decode: its first picture's, upright, 1 channel.
     *
     * @return null if nothing in it is transparent
     * @throws BrokenExample if it cannot be used
     */
    public static @Nullable Bitmap alpha(byte[] file) throws BrokenExample {
        PictureFile picture = open(file);
        Bitmap alpha = picture.hasAlpha() ? upright(picture, picture::alpha) : null;
        if (alpha != null) {
            for (byte value : alpha.pixels()) {
                if (value != -1) {
                    return alpha;
                }
            }
        }
        return null;
    }

    private interface Pixels {
        Bitmap decode() throws BrokenExample;
    }

    private static Bitmap upright(PictureFile picture, Pixels pixels) throws BrokenExample {
        checkSize(picture.width(), picture.height());
        int megapixels = 1 + (int) ((long) picture.width() * picture.height() / 1_000_000);
        FREE.acquireUninterruptibly(megapixels);
        try {
            return Orientation.upright(pixels.decode(), picture.orientation());
        } finally {
            FREE.release(megapixels);
        }
    }

    /** Stops what is empty or too large. A header can promise more than memory holds. */
    static void checkSize(int width, int height) throws BrokenExample {
        if (width <= 0 || height <= 0) {
            throw BrokenExample.damaged();
        }
        if ((long) width * height > MOST_PIXELS) {
            throw new BrokenExample(
                    Kind.TOO_LARGE,
                    "has " + width + "×" + height + " pixels; at most " + MOST_PIXELS / 1_000_000
                            + " million are read");
        }
    }

    private static PictureFile open(byte[] file) throws BrokenExample {
        if (starts(file, 0, "\u00FF\u00D8\u00FF")) {
            return Jpeg.open(file);
        }
        if (starts(file, 0, "\u0089PNG\r\n\u001A\n")) {
            return Png.open(file);
        }
        if (starts(file, 0, "RIFF") && starts(file, 8, "WEBP")) {
            return Webp.open(file);
        }
        if (starts(file, 0, "GIF87a") || starts(file, 0, "GIF89a")) {
            return Gif.open(file);
        }
        if (starts(file, 0, "II*\0") || starts(file, 0, "MM\0*")) {
            return Tiff.open(file);
        }
        if (starts(file, 0, "BM")) {
            return Bmp.open(file);
        }
        throw new BrokenExample(Kind.UNKNOWN_FORMAT, whatElse(file));
    }

    /** A sentence for the files that are often found among pictures. */
    private static String whatElse(byte[] file) {
        if (file.length == 0) {
            return "is empty";
        }
        String start = new String(file, 0, Math.min(file.length, 1024), StandardCharsets.ISO_8859_1);
        String known = "";
        if (start.startsWith("ftyp", 4)) {
            String brand = start.substring(8, Math.min(12, start.length()));
            if (brand.startsWith("avi")) {
                known = "AVIF";
            } else if (brand.startsWith("hei") || brand.startsWith("hev") || brand.equals("mif1")) {
                known = "HEIC";
            }
        } else if (start.startsWith("II+\0") || start.startsWith("MM\0+")) {
            known = "BigTIFF";
        } else if (start.startsWith("8BPS")) {
            known = "PSD";
        }
        if (!known.isEmpty()) {
            return "is " + known + ", which is not read; convert it to JPEG";
        }
        String lower = start.toLowerCase(Locale.ROOT);
        if (start.startsWith("%PDF")) {
            known = "PDF";
        } else if (lower.contains("<svg")) {
            known = "SVG";
        }
        if (!known.isEmpty()) {
            return "is " + known + ", which is not read; convert it to PNG";
        }
        String kinds = " (JPEG, PNG, GIF, BMP, TIFF and WebP are read)";
        return lower.contains("<html") || lower.contains("<!doctype html")
                ? "is a web page, no picture" + kinds
                : "is not a picture" + kinds;
    }

    private static boolean starts(byte[] file, int at, String latin) {
        return Bytes.has(file, at, latin);
    }
}
