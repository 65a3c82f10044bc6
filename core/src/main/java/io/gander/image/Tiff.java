package io.gander.image;

import com.drew.metadata.exif.ExifIFD0Directory;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/** A TIFF file's first page. */
record Tiff(byte[] file, int width, int height, int samples) implements PictureFile {
    static Tiff open(byte[] file) throws BrokenPicture {
        ExifIFD0Directory page = Orientation.directory(file);
        Integer width = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_WIDTH);
        Integer height = page == null ? null : page.getInteger(ExifIFD0Directory.TAG_IMAGE_HEIGHT);
        if (page == null || width == null || height == null) {
            throw BrokenPicture.cutOff(); // programs write the directory last
        }
        if (page.containsTag(ExifIFD0Directory.TAG_TILE_WIDTH)) {
            throw BrokenPicture.unknown("a TIFF in tiles");
        }
        checkStrips(
                page.getObject(ExifIFD0Directory.TAG_STRIP_OFFSETS),
                page.getObject(ExifIFD0Directory.TAG_STRIP_BYTE_COUNTS),
                file.length);
        Integer samples = page.getInteger(ExifIFD0Directory.TAG_SAMPLES_PER_PIXEL);
        return new Tiff(file, width, height, samples == null ? 1 : samples);
    }

    /** Stops a file whose strips of pixels are not all there: libtiff leaves them empty. */
    private static void checkStrips(@Nullable Object offsets, @Nullable Object counts, int length)
            throws BrokenPicture {
        int strips = count(offsets);
        if (strips == 0 || strips != count(counts)) {
            throw BrokenPicture.damaged();
        }
        for (int i = 0; i < strips; i++) {
            if (number(offsets, i) + number(counts, i) > length) {
                throw BrokenPicture.cutOff();
            }
        }
    }

    /** How many numbers a tag holds, which is a number itself or an array of any kind of them. */
    private static int count(@Nullable Object tag) {
        return tag instanceof Number ? 1 : tag != null && tag.getClass().isArray() ? Array.getLength(tag) : 0;
    }

    private static long number(@Nullable Object tag, int index) {
        return tag instanceof Number number ? number.longValue() : Array.getLong(tag, index);
    }

    /** libtiff turns it. */
    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenPicture {
        // libtiff multiplies colour by its alpha; grey with alpha it hands over as it is.
        boolean greyWithAlpha = samples == 2;
        Bitmap bitmap = Leptonica.tiff(file, greyWithAlpha);
        if (bitmap == null) {
            throw BrokenPicture.damaged();
        }
        return greyWithAlpha ? bitmap.firstChannel() : bitmap;
    }
}
