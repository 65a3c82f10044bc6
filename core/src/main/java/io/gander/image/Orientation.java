package io.gander.image;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifTiffHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a camera was held: EXIF's orientation, and turning pixels upright by it. */
final class Orientation {
    static final int UPRIGHT = 1;

    private static final Pattern XMP = Pattern.compile("tiff:Orientation(?:=[\"']|>)([1-8])");

    private Orientation() {}

    /** The orientation that a block of EXIF tells; upright if it tells none or is broken. */
    static int of(byte[] file, int from, int to) {
        return Math.max(exif(file, from, to), UPRIGHT);
    }

    /** The orientation that a block of EXIF tells; 0 if it tells none or is broken. */
    static int exif(byte[] file, int from, int to) {
        ExifIFD0Directory directory = directory(Arrays.copyOfRange(file, from, to));
        return directory == null ? 0 : of(directory);
    }

    /** The orientation that a directory tells; 0 if it tells none. */
    static int of(ExifIFD0Directory directory) {
        Integer tag = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
        return tag == null || tag < 1 || tag > 8 ? 0 : tag;
    }

    /** The orientation that a block of XMP tells; 0 if it tells none. It counts where EXIF tells none, as in Pillow. */
    static int xmp(byte[] file, int from, int to) {
        Matcher tag = XMP.matcher(new String(file, from, to - from, StandardCharsets.ISO_8859_1));
        return tag.find() ? tag.group(1).charAt(0) - '0' : 0;
    }

    /** What a file tells by EXIF, else by XMP, else upright. */
    static int of(int exif, int xmp) {
        return Math.max(exif > 0 ? exif : xmp, UPRIGHT);
    }

    /** The first directory of EXIF data, or of a TIFF file, which has the same structure. */
    static @Nullable ExifIFD0Directory directory(byte[] tiff) {
        Metadata metadata = new Metadata();
        try {
            new TiffReader().processTiff(new ByteArrayReader(tiff), new ExifTiffHandler(metadata, null, 0), 0);
        } catch (TiffProcessingException | IOException | RuntimeException e) {
            // Broken metadata is no reason to refuse a picture; what was read before the break counts.
        }
        return metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    }

    /** Turns and mirrors stored pixels. */
    static Bitmap upright(Bitmap stored, int orientation) {
        if (orientation == UPRIGHT) {
            return stored;
        }
        int width = stored.width();
        int height = stored.height();
        boolean sideways = orientation >= 5; // stored rows are columns
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBelow = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        // A step to the right and a step down in the upright picture are these steps among the stored pixels.
        int alongRow = fromRight ? -1 : 1;
        int alongColumn = fromBelow ? -width : width;
        int right = sideways ? alongColumn : alongRow;
        int down = sideways ? alongRow : alongColumn;
        int newWidth = sideways ? height : width;
        int newHeight = sideways ? width : height;
        int channels = stored.channels();
        byte[] from = stored.pixels();
        byte[] to = new byte[from.length];
        int first = (fromBelow ? (height - 1) * width : 0) + (fromRight ? width - 1 : 0);
        int target = 0;
        for (int y = 0; y < newHeight; y++) {
            int source = first + y * down;
            for (int x = 0; x < newWidth; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    to[target++] = from[source * channels + channel];
                }
                source += right;
            }
        }
        return new Bitmap(to, channels, newHeight, newWidth);
    }
}
