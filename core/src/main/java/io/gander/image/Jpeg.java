package io.gander.image;

import io.gander.error.BrokenExample;
import io.gander.error.BrokenExample.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A JPEG file, as its markers describe it.
 *
 * @param scan where the first scan's marker segment begins
 * @param single whether that scan is the only one
 */
record Jpeg(byte[] file, int width, int height, int orientation, int scan, boolean single) implements PictureFile {
    private static final String CURE = "convert it to PNG";
    private static final int SOF2 = 0xC2;
    private static final int SOF3 = 0xC3; // lossless
    private static final int SOF9 = 0xC9; // arithmetic codes
    private static final int SOF10 = 0xCA;
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final String EXIF = "Exif\0\0";

    static Jpeg open(byte[] file) throws BrokenExample {
        int width = 0;
        int height = 0;
        int components = 0;
        int exif = 0;
        int xmp = 0;
        boolean adobe = false;
        boolean progressive = false;
        int at = 2;
        while (true) {
            at = afterMarker(file, at);
            if (file.length - at < 2) {
                throw BrokenExample.cutOff();
            }
            int marker = file[at - 1] & 255;
            if (standsAlone(marker)) {
                continue;
            }
            int end = at + Bytes.big16(file, at);
            if (marker == EOI || end < at + 2) {
                throw BrokenExample.damaged();
            }
            if (end > file.length) {
                throw BrokenExample.cutOff();
            }
            if (marker == SOS && end - at >= 3) {
                if (components == 4 && !adobe) {
                    throw BrokenExample.unknown("a CMYK JPEG without Adobe's marker", CURE);
                }
                boolean single = !progressive && file[at + 2] == components;
                return new Jpeg(file, width, height, Orientation.of(exif, xmp), at, single);
            }
            if (startsFrame(marker) && end - at >= 8) {
                if (file[at + 2] != 8) {
                    throw BrokenExample.unknown("a JPEG of " + file[at + 2] + " bits", CURE);
                }
                if (marker > SOF3 && marker != SOF9 && marker != SOF10) {
                    throw BrokenExample.unknown("a hierarchical JPEG", CURE);
                }
                height = Bytes.big16(file, at + 3);
                width = Bytes.big16(file, at + 5);
                components = file[at + 7];
                progressive = marker == SOF2;
            } else if (marker == APP1 && exif == 0 && Bytes.has(file, at + 2, EXIF)) {
                exif = Orientation.exif(file, Math.min(at + 2 + EXIF.length(), end), end);
            } else if (marker == APP1 && xmp == 0 && Bytes.has(file, at + 2, XMP)) {
                xmp = Orientation.xmp(file, at + 2, end);
            } else if (marker == APP14 && Bytes.has(file, at + 2, "Adobe")) {
                adobe = true;
            }
            at = end;
        }
    }

    /** The place after the next marker, or one behind the file's end. Other bytes between segments are passed over. */
    private static int afterMarker(byte[] file, int from) {
        int at = from;
        while (at < file.length && file[at] != -1) {
            at++;
        }
        while (at < file.length && file[at] == -1) {
            at++;
        }
        return at + 1;
    }

    /** Markers without a segment: a zero that is no marker, TEM, RST0…7, SOI. */
    private static boolean standsAlone(int marker) {
        return marker <= 1 || (marker >= 0xD0 && marker <= SOI);
    }

    /** SOF0…15, without DHT, JPG and DAC, which stand among them. */
    private static boolean startsFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        byte[] whole = file;
        if (!hasEnd()) {
            // What ends early, libjpeg fills up with grey; but some programs only forget the end's marker.
            // Of several scans, nobody knows how many are missing.
            if (!single || JdkReader.firstWarningOfJpeg(file) != null) {
                throw BrokenExample.cutOff();
            }
            whole = Arrays.copyOf(file, file.length + 2);
            whole[file.length] = -1;
            whole[file.length + 1] = (byte) EOI;
        }
        int[] warnings = new int[1];
        Bitmap bitmap = Leptonica.jpeg(whole, reduction(least), warnings);
        if (bitmap == null) {
            throw BrokenExample.damaged();
        }
        if (warnings[0] > 0) {
            stopIfPixelsAreWrong(JdkReader.firstWarningOfJpeg(whole));
        }
        return bitmap;
    }

    /** By how much libjpeg may reduce on the way, at next to no loss: down to twice what is needed, as Pillow does. */
    private int reduction(int least) {
        if (least > 0) {
            for (int by = 8; by > 1; by /= 2) {
                if (Math.min(width, height) >= 2L * least * by) {
                    return by;
                }
            }
        }
        return 1;
    }

    private boolean hasEnd() {
        int length = file.length;
        return (file[length - 2] == -1 && file[length - 1] == (byte) EOI) || hasEndAfterScans();
    }

    /** Looks where the last scan ends, since anything may follow the picture: a second one, a film, zeros. */
    private boolean hasEndAfterScans() {
        int at = afterMarker(file, scan);
        while (at <= file.length) {
            int marker = file[at - 1] & 255;
            if (marker == EOI) {
                return true;
            }
            if (!standsAlone(marker) && at + 2 <= file.length) { // a table, or the next scan
                at += Bytes.big16(file, at);
            }
            at = afterMarker(file, at);
        }
        return false;
    }

    /** libjpeg counts warnings of all kinds; the JDK's copy of it tells which. */
    private static void stopIfPixelsAreWrong(@Nullable String warning) throws BrokenExample {
        if (warning != null && warning.contains("premature end")) {
            throw new BrokenExample(Kind.TRUNCATED, "lacks a part");
        }
        if (warning != null && warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous")) {
            throw BrokenExample.damaged();
        }
    }
}
