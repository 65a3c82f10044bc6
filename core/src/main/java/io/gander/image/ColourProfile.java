package io.gander.image;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** The ICC profile that a JPEG, PNG or WebP file carries: what its numbers mean as colours. */
public final class ColourProfile {
    private static final int HEADER = 128;

    /** Bytes; the largest that printers are described with have less. */
    private static final int MOST = 8 << 20;

    private static final String JPEG_NAME = "ICC_PROFILE\0";

    private ColourProfile() {}

    /**
     * Finds the profile of a file.
     *
     * @param channels of the picture that it shall describe: 1 (grey) or 3 (RGB)
     * @return null if there is none, if it is broken, or if it describes other channels
     */
    public static byte @Nullable [] of(byte[] file, int channels) {
        byte[] profile = null;
        if (Bytes.has(file, 0, "\u00FF\u00D8\u00FF")) {
            profile = ofJpeg(file);
        } else if (Bytes.has(file, 0, "\u0089PNG")) {
            profile = ofPng(file);
        } else if (Bytes.has(file, 0, "RIFF") && Bytes.has(file, 8, "WEBP")) {
            profile = ofWebp(file);
        }
        boolean whole = profile != null
                && profile.length >= HEADER
                && Bytes.big32(profile, 0) == profile.length
                && Bytes.has(profile, 36, "acsp")
                && Bytes.has(profile, 16, channels == 1 ? "GRAY" : "RGB ");
        return whole ? profile : null;
    }

    /** In segments APP2, each with its number and how many there are; they need not lie in order. */
    private static byte @Nullable [] ofJpeg(byte[] file) {
        byte[][] parts = new byte[256][];
        int count = 0;
        int at = 2;
        while (at + 4 <= file.length && file[at] == -1) {
            int marker = file[at + 1] & 255;
            if (marker == 0xFF) { // a filling byte
                at++;
                continue;
            }
            int end = at + 2 + Bytes.big16(file, at + 2);
            if (marker == 0xDA || end > file.length) {
                break;
            }
            int data = at + 4 + JPEG_NAME.length() + 2;
            if (marker == 0xE2 && data <= end && Bytes.has(file, at + 4, JPEG_NAME)) {
                parts[file[data - 2] & 255] = Arrays.copyOfRange(file, data, end);
                count = file[data - 1] & 255;
            }
            at = end;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 1; i <= count; i++) {
            if (parts[i] == null) {
                return null;
            }
            all.writeBytes(parts[i]);
        }
        return all.toByteArray();
    }

    private static byte @Nullable [] ofPng(byte[] file) {
        int at = 8;
        while (at + 12 <= file.length && !Bytes.has(file, at + 4, "IDAT")) {
            int length = Bytes.big32(file, at);
            if (length < 0 || length > file.length - at - 12) {
                return null;
            }
            if (Bytes.has(file, at + 4, "iCCP")) {
                int end = at + 8 + length;
                int name = at + 8;
                while (name < end && file[name] != 0) {
                    name++;
                }
                return name + 2 < end ? inflated(file, name + 2, end) : null;
            }
            at += length + 12;
        }
        return null;
    }

    private static byte @Nullable [] inflated(byte[] file, int from, int to) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(file, from, to - from);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            byte[] some = new byte[1 << 14];
            while (!inflater.finished() && all.size() <= MOST) {
                int count = inflater.inflate(some);
                if (count == 0) {
                    return null;
                }
                all.write(some, 0, count);
            }
            return all.size() > MOST ? null : all.toByteArray();
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static byte @Nullable [] ofWebp(byte[] file) {
        long at = 12;
        while (at + 8 <= file.length) {
            long length = Bytes.little32(file, (int) at + 4) & 0xFFFFFFFFL;
            long end = at + 8 + length;
            if (end > file.length) {
                return null;
            }
            if (Bytes.has(file, (int) at, "ICCP")) {
                return Arrays.copyOfRange(file, (int) at + 8, (int) end);
            }
            at = end + (length & 1);
        }
        return null;
    }
}
