package io.gander.image;

import io.gander.error.BrokenExample;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * A PNG file, stripped to what its pixels need: libpng is not bothered with profiles and texts.
 *
 * @param pixels IHDR, PLTE, IDAT and IEND; of a palette also its transparency
 * @param transparency whether there is an alpha channel, or a palette with transparent colours
 * @param key the transparent colour of a picture without palette, a number a channel; empty if there is none
 */
record Png(byte[] pixels, int width, int height, int depth, int type, int orientation, boolean transparency, int[] key)
        implements PictureFile {
    private static final int SIGNATURE = 8;
    /** Length, type and checksum. */
    private static final int FRAME = 12;

    private static final String XMP = "iTXtXML:com.adobe.xmp\0";

    private static final int COLOUR = 2; // a bit of the type
    private static final int ALPHA = 4; // another
    private static final int PALETTE = 3;

    static Png open(byte[] file) throws BrokenExample {
        if (file.length < SIGNATURE + FRAME + 13) {
            throw BrokenExample.cutOff();
        }
        if (Bytes.big32(file, SIGNATURE) != 13 || !Bytes.has(file, SIGNATURE + 4, "IHDR")) {
            throw BrokenExample.damaged();
        }
        int header = SIGNATURE + 8;
        int depth = file[header + 8];
        int type = file[header + 9];
        int exif = 0;
        int xmp = 0;
        int[] key = {};
        byte[] pixels = new byte[file.length];
        System.arraycopy(file, 0, pixels, 0, SIGNATURE);
        int size = SIGNATURE;
        int at = SIGNATURE;
        boolean ended = false;
        boolean transparency = (type & ALPHA) != 0;
        while (!ended) {
            if (file.length - at < FRAME) {
                throw BrokenExample.cutOff();
            }
            int length = Bytes.big32(file, at);
            if (length < 0) {
                throw BrokenExample.damaged();
            }
            if (length > file.length - at - FRAME) {
                throw BrokenExample.cutOff();
            }
            int data = at + 8;
            ended = Bytes.has(file, at + 4, "IEND");
            boolean needed = ended || Bytes.has(file, at + 4, "I") || Bytes.has(file, at + 4, "PLTE");
            if (Bytes.has(file, at + 4, "tRNS")) {
                needed = type == PALETTE;
                transparency |= needed;
                key = needed ? key : colour(file, data, length, type);
            } else if (Bytes.has(file, at + 4, "eXIf")) {
                exif = Orientation.exif(file, data, data + length);
            } else if (Bytes.has(file, at + 4, XMP) && length >= XMP.length()) {
                xmp = Orientation.xmp(file, data, data + length);
            }
            if (needed) {
                System.arraycopy(file, at, pixels, size, length + FRAME);
                size += length + FRAME;
            }
            at = data + length + 4;
        }
        int width = Bytes.big32(file, header);
        int height = Bytes.big32(file, header + 4);
        int orientation = Orientation.of(exif, xmp);
        return new Png(Arrays.copyOf(pixels, size), width, height, depth, type, orientation, transparency, key);
    }

    /** The transparent colour; none if the chunk has the wrong length or the picture has an alpha channel already. */
    private static int[] colour(byte[] file, int at, int length, int type) {
        int channels = type == 0 ? 1 : type == COLOUR ? 3 : 0;
        if (length != 2 * channels) {
            return new int[0];
        }
        int[] key = new int[channels];
        for (int i = 0; i < channels; i++) {
            key[i] = Bytes.big16(file, at + 2 * i);
        }
        return key;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        Bitmap bitmap = stored();
        if (key.length > 0) {
            eachOfKey(
                    bitmap,
                    (pixel, channels) ->
                            Arrays.fill(bitmap.pixels(), pixel * channels, (pixel + 1) * channels, (byte) 0));
        }
        return bitmap;
    }

    @Override
    public boolean hasAlpha() {
        return transparency || key.length > 0;
    }

    @Override
    public Bitmap alpha() throws BrokenExample {
        if (key.length == 0) {
            Bitmap alpha = Leptonica.alpha(Leptonica.Format.PNG, pixels);
            if (alpha == null) {
                throw BrokenExample.damaged();
            }
            return alpha;
        }
        byte[] opaque = new byte[width * height];
        Arrays.fill(opaque, (byte) -1);
        eachOfKey(stored(), (pixel, channels) -> opaque[pixel] = 0);
        return new Bitmap(opaque, 1, height, width);
    }

    private Bitmap stored() throws BrokenExample {
        Bitmap bitmap = Leptonica.png(pixels);
        if (bitmap == null) {
            throw BrokenExample.damaged();
        }
        if ((type & COLOUR) == 0 && bitmap.channels() == 3) { // grey with alpha
            bitmap = bitmap.firstChannel();
        }
        return bitmap;
    }

    /** What is done with a pixel. */
    private interface Pixel {
        void at(int pixel, int channels);
    }

    /** Goes to every pixel that has the transparent colour. */
    private void eachOfKey(Bitmap bitmap, Pixel action) throws BrokenExample {
        if (depth > 8) {
            eachOfDeepKey(action);
            return;
        }
        int channels = key.length;
        int scale = 255 / ((1 << depth) - 1);
        for (int pixel = 0; pixel < width * height; pixel++) {
            boolean transparent = true;
            for (int channel = 0; channel < channels; channel++) {
                transparent &= (bitmap.pixels()[pixel * channels + channel] & 255) == key[channel] * scale;
            }
            if (transparent) {
                action.at(pixel, channels);
            }
        }
    }

    /** Of 16 bits, which libpng has cut to 8 in the bitmap: the JDK's reader keeps them. */
    private void eachOfDeepKey(Pixel action) throws BrokenExample {
        Raster raster = JdkReader.read("png", pixels, reader -> reader.read(0).getRaster());
        int[] row = new int[width];
        boolean[] transparent = new boolean[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(transparent, true);
            for (int channel = 0; channel < key.length; channel++) {
                raster.getSamples(0, y, width, 1, channel, row);
                for (int x = 0; x < width; x++) {
                    transparent[x] &= row[x] == key[channel];
                }
            }
            for (int x = 0; x < width; x++) {
                if (transparent[x]) {
                    action.at(y * width + x, key.length);
                }
            }
        }
    }
}
