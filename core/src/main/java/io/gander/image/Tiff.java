package io.gander.image;

import com.drew.metadata.exif.ExifIFD0Directory;
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
                page.getIntArray(ExifIFD0Directory.TAG_STRIP_OFFSETS),
                page.getIntArray(ExifIFD0Directory.TAG_STRIP_BYTE_COUNTS),
                file.length);
        Integer samples = page.getInteger(ExifIFD0Directory.TAG_SAMPLES_PER_PIXEL);
        return new Tiff(file, width, height, samples == null ? 1 : samples);
    }

    /** libtiff passes over colour that is not there. */
    private static void checkStrips(int @Nullable [] offsets, int @Nullable [] counts, int length)
            throws BrokenPicture {
        if (offsets == null || counts == null || offsets.length != counts.length) {
            throw BrokenPicture.damaged();
        }
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0 || counts[i] < 0 || (long) offsets[i] + counts[i] > length) {
                throw BrokenPicture.cutOff();
            }
        }
    }

    /** libtiff turns it. */
    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenPicture {
        // libtiff multiplies colour by its alpha; grey with alpha it hands over as it is.
        Bitmap bitmap = Leptonica.tiff(file, samples == 2);
        if (bitmap == null) {
            throw BrokenPicture.damaged();
        }
        return bitmap;
    }
}
