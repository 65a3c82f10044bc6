package io.gander.image;

import io.gander.file.CacheFolder;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.jspecify.annotations.Nullable;

/**
 * The C libraries that decode: libjpeg-turbo, libpng, libtiff and libwebp, through leptonica. Every method gives null for a
 * file that cannot be decoded. Nothing native outlives a call.
 */
final class Leptonica {
    /** Words copied at a time: a multiple of 4, and small enough for the processor's cache. */
    private static final int CHUNK = 1 << 13;

    static {
        CacheFolder.placeNatives();
        leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
    }

    private Leptonica() {}

    /**
     * @param reduction 1, 2, 4 or 8
     * @param warnings gets the number of libjpeg's warnings, harmless ones among them
     */
    static @Nullable Bitmap jpeg(byte[] file, int reduction, int[] warnings) {
        try (Silence silence = Silence.begin()) {
            int hint = leptonica.L_JPEG_CONTINUE_WITH_BAD_DATA; // or the first harmless warning would end it
            return bitmap(leptonica.pixReadMemJpeg(file, file.length, 0, reduction, warnings, hint), true);
        }
    }

    static @Nullable Bitmap png(byte[] file) {
        try (Silence silence = Silence.begin()) {
            return bitmap(leptonica.pixReadMemPng(file, file.length), true);
        }
    }

    static @Nullable Bitmap webp(byte[] file) {
        try (Silence silence = Silence.begin()) {
            return bitmap(leptonica.pixReadMemWebP(file, file.length), true);
        }
    }

    /** @param blend whether colours are still to be multiplied by their alpha */
    static @Nullable Bitmap tiff(byte[] file, boolean blend) {
        try (Silence silence = Silence.begin()) {
            return bitmap(leptonica.pixReadMemTiff(file, file.length, 0), blend);
        }
    }

    /** The formats that may be transparent. */
    enum Format {
        PNG,
        WEBP,
        TIFF
    }

    /** How opaque each pixel is, in 1 channel. */
    static @Nullable Bitmap alpha(Format format, byte[] file) {
        try (Silence silence = Silence.begin()) {
            PIX pix = withoutPalette(
                    switch (format) {
                        case PNG -> leptonica.pixReadMemPng(file, file.length);
                        case WEBP -> leptonica.pixReadMemWebP(file, file.length);
                        case TIFF -> leptonica.pixReadMemTiff(file, file.length, 0);
                    });
            if (pix == null) {
                return null;
            }
            try {
                int width = leptonica.pixGetWidth(pix);
                int height = leptonica.pixGetHeight(pix);
                byte[] opacity = new byte[height * width];
                if (leptonica.pixGetDepth(pix) == 32 && leptonica.pixGetSpp(pix) == 4) {
                    lowBytes(leptonica.pixGetData(pix), opacity);
                } else {
                    Arrays.fill(opacity, (byte) -1);
                }
                return new Bitmap(opacity, 1, height, width);
            } finally {
                leptonica.pixDestroy(pix);
            }
        }
    }

    private static void lowBytes(IntPointer words, byte[] bytes) {
        int[] chunk = new int[CHUNK];
        for (int done = 0; done < bytes.length; done += CHUNK) {
            int size = Math.min(CHUNK, bytes.length - done);
            words.position(done).get(chunk, 0, size);
            for (int i = 0; i < size; i++) {
                bytes[done + i] = (byte) chunk[i];
            }
        }
    }

    private static @Nullable PIX withoutPalette(@Nullable PIX read) {
        return read != null && leptonica.pixGetColormap(read) != null
                ? replaced(read, leptonica.pixRemoveColormap(read, leptonica.REMOVE_CMAP_BASED_ON_SRC))
                : read;
    }

    /** Copies and frees a picture of any depth, with or without palette. */
    private static @Nullable Bitmap bitmap(@Nullable PIX read, boolean blend) {
        PIX pix = withoutPalette(read);
        if (pix != null && leptonica.pixGetDepth(pix) < 32) {
            pix = replaced(pix, leptonica.pixConvertTo8(pix, 0));
        }
        if (pix == null) {
            return null;
        }
        try {
            int width = leptonica.pixGetWidth(pix);
            int height = leptonica.pixGetHeight(pix);
            IntPointer words = leptonica.pixGetData(pix);
            if (leptonica.pixGetDepth(pix) == 8) {
                return new Bitmap(grey(words, leptonica.pixGetWpl(pix), height, width), 1, height, width);
            }
            boolean alpha = blend && leptonica.pixGetSpp(pix) == 4;
            return new Bitmap(colour(words, height * width, alpha), 3, height, width);
        } finally {
            leptonica.pixDestroy(pix);
        }
    }

    private static @Nullable PIX replaced(PIX old, @Nullable PIX fresh) {
        leptonica.pixDestroy(old);
        return fresh;
    }

    /** Four bytes a word, the first one highest; rows begin with a word. */
    private static byte[] grey(IntPointer words, int wordsPerRow, int height, int width) {
        int[] row = new int[wordsPerRow];
        byte[] bytes = new byte[4 * wordsPerRow];
        IntBuffer target = ByteBuffer.wrap(bytes).asIntBuffer();
        byte[] pixels = new byte[height * width];
        for (int y = 0; y < height; y++) {
            words.position((long) y * wordsPerRow).get(row, 0, wordsPerRow);
            target.put(0, row);
            System.arraycopy(bytes, 0, pixels, y * width, width);
        }
        return pixels;
    }

    /** A word a pixel: red in its highest byte, then green, blue, alpha. */
    private static byte[] colour(IntPointer words, int count, boolean alpha) {
        byte[] pixels = new byte[3 * count];
        IntBuffer target = ByteBuffer.wrap(pixels).asIntBuffer();
        int[] chunk = new int[CHUNK];
        for (int done = 0; done < count; done += CHUNK) {
            int size = Math.min(CHUNK, count - done);
            words.position(done).get(chunk, 0, size);
            if (alpha) {
                blend(chunk, size);
            }
            pack(chunk, size);
            int whole = Math.min(target.remaining(), (size + 3) / 4 * 3);
            target.put(chunk, 0, whole);
            for (int i = 4 * (done / 4 * 3 + whole), left = 24; i < 3 * (done + size); i++, left -= 8) {
                pixels[i] = (byte) (chunk[whole] >>> left);
            }
        }
        return pixels;
    }

    /** Four words without their last bytes become three. */
    private static void pack(int[] words, int size) {
        for (int from = 0, to = 0; from < size; from += 4, to += 3) {
            int second = words[from + 1];
            int third = words[from + 2];
            words[to] = (words[from] & 0xFFFFFF00) | second >>> 24;
            words[to + 1] = (second << 8 & 0xFFFF0000) | third >>> 16;
            words[to + 2] = (third << 16 & 0xFF000000) | words[from + 3] >>> 8;
        }
    }

    /** Over black. */
    private static void blend(int[] words, int size) {
        for (int i = 0; i < size; i++) {
            int word = words[i];
            int alpha = word & 255;
            if (alpha == 0) {
                words[i] = 0;
            } else if (alpha < 255) {
                words[i] = times(word >>> 24, alpha) << 24
                        | times(word >> 16 & 255, alpha) << 16
                        | times(word >> 8 & 255, alpha) << 8;
            }
        }
    }

    /** a·b/255, rounded. */
    static int times(int a, int b) {
        int product = a * b + 128;
        return (product + (product >> 8)) >> 8;
    }
}
