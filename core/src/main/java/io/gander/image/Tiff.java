package io.gander.image;

import com.drew.metadata.exif.ExifIFD0Directory;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import io.gander.error.BrokenExample;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Set;

/**
 * A TIFF file's first page. libtiff reads the kinds that leptonica hands over as they are; TwelveMonkeys reads
 * the others.
 */
record Tiff(byte[] file, int width, int height, int orientation, boolean plain, int samples) implements PictureFile {
    /** None, CCITT's three, LZW, the two JPEGs, Deflate, CCITT's with whole words, PackBits, the older Deflate. */
    private static final Set<Integer> COMPRESSIONS = Set.of(1, 2, 3, 4, 5, 6, 7, 8, 32771, 32773, 32946);

    private static final int UNCOMPRESSED = 1;
    private static final int OLD_JPEG = 6;
    private static final int SEPARATE = 2; // a plane a channel
    private static final int MOST_SAMPLES = 64;
    private static final long MOST_BYTES = 1L << 30;
    private static final int TAG_SAMPLE_FORMAT = 339;
    private static final int UNSIGNED = 1;
    private static final int SIGNED = 2;
    private static final int UNKNOWN = 4; // which is taken for unsigned

    static Tiff open(byte[] file) throws BrokenExample {
        ExifIFD0Directory page = Orientation.directory(file);
        Integer width = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_WIDTH);
        Integer height = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_HEIGHT);
        if (page == null || width == null || height == null) {
            throw BrokenExample.cutOff(); // programs write the directory last
        }
        Decoder.checkSize(width, height);
        int compression = number(page, ExifIFD0Directory.TAG_COMPRESSION, UNCOMPRESSED);
        if (!COMPRESSIONS.contains(compression)) {
            throw BrokenExample.unknown("a TIFF with the rare compression " + compression, "save it with LZW or none");
        }
        int samples = number(page, ExifIFD0Directory.TAG_SAMPLES_PER_PIXEL, 1);
        checkSamples(page, samples);
        checkMemory(page, (long) width * height * samples);
        if (page.containsTag(ExifIFD0Directory.TAG_TILE_WIDTH)) {
            int across = number(page, ExifIFD0Directory.TAG_TILE_WIDTH, 0);
            int down = number(page, ExifIFD0Directory.TAG_TILE_LENGTH, 0);
            Decoder.checkSize(across, down);
            checkParts(file, page, ExifIFD0Directory.TAG_TILE_OFFSETS, ExifIFD0Directory.TAG_TILE_BYTE_COUNTS);
        } else if (compression != OLD_JPEG) {
            checkStrips(file, page, width, height, samples);
        }
        boolean plain = isPlain(page, samples);
        int orientation =
                plain ? Orientation.UPRIGHT : Math.max(Orientation.of(page), Orientation.UPRIGHT); // libtiff turns it
        return new Tiff(file, width, height, orientation, plain, samples);
    }

    /** Stops what no file of this size should take: a small compressed file may promise many deep channels. */
    private static void checkMemory(ExifIFD0Directory page, long values) throws BrokenExample {
        long[] bits = numbers(page, ExifIFD0Directory.TAG_BITS_PER_SAMPLE);
        long deepest = Arrays.stream(bits).max().orElse(1);
        if (deepest < 1) {
            throw BrokenExample.damaged();
        }
        if (deepest > Integer.SIZE) {
            throw BrokenExample.unknown("a TIFF of " + deepest + " bits", "convert it to 8 or 16 bits");
        }
        long bytes = values * ((deepest + 7) / 8);
        if (bytes > MOST_BYTES) {
            throw new BrokenExample(
                    BrokenExample.Kind.TOO_LARGE,
                    "has pixels of " + (bytes >> 20) + " MB; at most " + (MOST_BYTES >> 20) + " MB are read");
        }
    }

    /** Stops numbers that stand for no brightness. */
    private static void checkSamples(ExifIFD0Directory page, int samples) throws BrokenExample {
        if (samples < 1 || samples > MOST_SAMPLES) {
            throw BrokenExample.damaged();
        }
        for (long format : numbers(page, TAG_SAMPLE_FORMAT)) {
            if (format != UNSIGNED && format != UNKNOWN) {
                String what = format == SIGNED ? "signed" : "floating-point";
                throw BrokenExample.unknown("a TIFF of " + what + " numbers", "convert it to 8 or 16 bits");
            }
        }
    }

    /** Whether leptonica gives what libtiff reads. Of other kinds it refuses some and mixes up the numbers of others. */
    private static boolean isPlain(ExifIFD0Directory page, int samples) {
        long[] bits = numbers(page, ExifIFD0Directory.TAG_BITS_PER_SAMPLE);
        int depth = bits.length == 0 ? 1 : (int) bits[0];
        int photometric = number(page, ExifIFD0Directory.TAG_PHOTOMETRIC_INTERPRETATION, -1);
        if (page.containsTag(ExifIFD0Directory.TAG_TILE_WIDTH)
                || number(page, ExifIFD0Directory.TAG_COMPRESSION, UNCOMPRESSED) == OLD_JPEG
                || (number(page, ExifIFD0Directory.TAG_PLANAR_CONFIGURATION, 1) == SEPARATE && samples > 1)
                || Arrays.stream(bits).limit(samples).anyMatch(other -> other != depth)) {
            return false;
        }
        boolean bytes = depth == 8 || depth == 16;
        return switch (photometric) {
            case 0 -> samples == 1 && (depth == 1 || bytes); // white is 0
            case 1 -> (samples == 1 && depth <= 16 && Integer.bitCount(depth) == 1) || (samples == 2 && depth == 8);
            case 2 -> (samples == 3 || samples == 4) && bytes; // RGB
            case 3 -> samples == 1 && depth <= 8; // a palette
            case 5 -> samples == 4 && depth == 8; // CMYK
            case 6 -> samples == 3 && depth == 8; // YCbCr
            default -> false;
        };
    }

    /** Stops a file whose strips of pixels are not all there: libtiff leaves them empty. */
    private static void checkStrips(byte[] file, ExifIFD0Directory page, int width, int height, int samples)
            throws BrokenExample {
        long[] offsets = numbers(page, ExifIFD0Directory.TAG_STRIP_OFFSETS);
        long[] bits = numbers(page, ExifIFD0Directory.TAG_BITS_PER_SAMPLE);
        int rows = number(page, ExifIFD0Directory.TAG_ROWS_PER_STRIP, 0);
        boolean separate = number(page, ExifIFD0Directory.TAG_PLANAR_CONFIGURATION, 1) == SEPARATE;
        long rowsPerStrip = rows <= 0 ? height : Math.min(rows, height);
        long strips = (separate ? samples : 1) * ((height + rowsPerStrip - 1) / rowsPerStrip);
        if (offsets.length != strips) {
            throw BrokenExample.damaged();
        }
        long bytes =
                checkParts(file, page, ExifIFD0Directory.TAG_STRIP_OFFSETS, ExifIFD0Directory.TAG_STRIP_BYTE_COUNTS);
        boolean plain = number(page, ExifIFD0Directory.TAG_COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED
                && !page.containsTag(ExifIFD0Directory.TAG_YCBCR_SUBSAMPLING);
        if (plain && bytes < (long) width * samples * (bits.length == 0 ? 1 : bits[0]) / 8 * height) {
            throw BrokenExample.cutOff();
        }
    }

    /** The bytes of all strips or tiles, each of which must be there. */
    private static long checkParts(byte[] file, ExifIFD0Directory page, int offsetTag, int countTag)
            throws BrokenExample {
        long[] offsets = numbers(page, offsetTag);
        long[] counts = numbers(page, countTag);
        if (offsets.length == 0 || offsets.length != counts.length) {
            throw BrokenExample.damaged();
        }
        long bytes = 0;
        for (int i = 0; i < offsets.length; i++) {
            bytes += counts[i];
            if (offsets[i] + counts[i] > file.length) {
                throw BrokenExample.cutOff();
            }
        }
        return bytes;
    }

    private static int number(ExifIFD0Directory page, int tag, int otherwise) {
        Integer value = page.getInteger(tag);
        return value == null ? otherwise : value;
    }

    private static long[] numbers(ExifIFD0Directory page, int tag) {
        Object value = page.getObject(tag);
        if (value instanceof long[] many) {
            return many;
        }
        if (value instanceof int[] many) {
            return Arrays.stream(many).asLongStream().toArray();
        }
        if (value instanceof short[] many) {
            long[] wide = new long[many.length];
            Arrays.setAll(wide, i -> many[i] & 0xFFFF);
            return wide;
        }
        return value instanceof Number one ? new long[] {one.longValue()} : new long[0];
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        if (!plain) {
            return read(image -> JdkReader.onScreen(image, 0, 0, width, height));
        }
        // libtiff multiplies colour by its alpha; grey with alpha it hands over as it is.
        boolean greyWithAlpha = samples == 2;
        Bitmap bitmap = Leptonica.tiff(file, greyWithAlpha);
        if (bitmap == null) {
            throw BrokenExample.damaged();
        }
        return greyWithAlpha ? bitmap.firstChannel() : bitmap;
    }

    @Override
    public boolean hasAlpha() {
        return samples == 2 || samples >= 4;
    }

    @Override
    public Bitmap alpha() throws BrokenExample {
        if (!plain) {
            return read(JdkReader::alpha);
        }
        Bitmap alpha = Leptonica.alpha(Leptonica.Format.TIFF, file);
        if (alpha == null) {
            throw BrokenExample.damaged();
        }
        return alpha;
    }

    private interface Image {
        Bitmap bitmap(BufferedImage image);
    }

    private Bitmap read(Image image) throws BrokenExample {
        return JdkReader.read(
                new TIFFImageReaderSpi().createReaderInstance(null), file, reader -> image.bitmap(reader.read(0)));
    }
}
