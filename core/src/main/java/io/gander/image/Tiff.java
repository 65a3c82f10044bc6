package io.gander.image;

import com.drew.metadata.exif.ExifIFD0Directory;
import io.gander.error.BrokenExample;
import java.util.Arrays;

/** A TIFF file's first page. */
record Tiff(byte[] file, int width, int height, int samples) implements PictureFile {
    private static final int UNCOMPRESSED = 1;
    private static final int SEPARATE = 2; // a plane a channel

    static Tiff open(byte[] file) throws BrokenExample {
        ExifIFD0Directory page = Orientation.directory(file);
        Integer width = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_WIDTH);
        Integer height = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_HEIGHT);
        if (page == null || width == null || height == null) {
            throw BrokenExample.cutOff(); // programs write the directory last
        }
        if (page.containsTag(ExifIFD0Directory.TAG_TILE_WIDTH)) {
            throw BrokenExample.unknown("a TIFF in tiles");
        }
        Integer samples = page.getInteger(ExifIFD0Directory.TAG_SAMPLES_PER_PIXEL);
        Tiff tiff = new Tiff(file, width, height, samples == null ? 1 : samples);
        Decoder.checkSize(width, height);
        tiff.checkStrips(page);
        return tiff;
    }

    /** Stops a file whose strips of pixels are not all there: libtiff leaves them empty. */
    private void checkStrips(ExifIFD0Directory page) throws BrokenExample {
        long[] offsets = numbers(page, ExifIFD0Directory.TAG_STRIP_OFFSETS);
        long[] counts = numbers(page, ExifIFD0Directory.TAG_STRIP_BYTE_COUNTS);
        long[] bits = numbers(page, ExifIFD0Directory.TAG_BITS_PER_SAMPLE);
        Integer rows = page.getInteger(ExifIFD0Directory.TAG_ROWS_PER_STRIP);
        Integer layout = page.getInteger(ExifIFD0Directory.TAG_PLANAR_CONFIGURATION);
        Integer compression = page.getInteger(ExifIFD0Directory.TAG_COMPRESSION);
        long rowsPerStrip = rows == null || rows <= 0 ? height : Math.min(rows, height);
        long planes = layout != null && layout == SEPARATE ? samples : 1;
        long strips = planes * ((height + rowsPerStrip - 1) / rowsPerStrip);
        if (offsets.length != strips || counts.length != strips) {
            throw BrokenExample.damaged();
        }
        long bytes = 0;
        for (int i = 0; i < strips; i++) {
            bytes += counts[i];
            if (offsets[i] + counts[i] > file.length) {
                throw BrokenExample.cutOff();
            }
        }
        boolean plain = compression == null || compression == UNCOMPRESSED;
        if (plain && bytes < (long) width * samples * (bits.length == 0 ? 1 : bits[0]) / 8 * height) {
            throw BrokenExample.cutOff();
        }
    }

    private static long[] numbers(ExifIFD0Directory page, int tag) {
        Object value = page.getObject(tag);
        if (value instanceof long[] many) {
            return many;
        }
        if (value instanceof int[] many) {
            return Arrays.stream(many).asLongStream().toArray();
        }
        return value instanceof Number one ? new long[] {one.longValue()} : new long[0];
    }

    /** libtiff turns it. */
    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
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
        return samples == 2 || samples == 4;
    }

    @Override
    public Bitmap alpha() throws BrokenExample {
        Bitmap alpha = Leptonica.alpha(Leptonica.Format.TIFF, file);
        if (alpha == null) {
            throw BrokenExample.damaged();
        }
        return alpha;
    }
}
