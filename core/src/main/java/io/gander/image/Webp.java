package io.gander.image;

import io.gander.error.BrokenExample;

/** A WebP file of one picture. */
record Webp(byte[] file, int width, int height, int orientation) implements PictureFile {
    private static final int FIRST_CHUNK = 12;
    private static final int ANIMATED = 2; // a bit of the extended header

    static Webp open(byte[] file) throws BrokenExample {
        int data = FIRST_CHUNK + 8;
        if (file.length < data + 10) {
            throw BrokenExample.cutOff();
        }
        long size = 8 + (Bytes.little32(file, 4) & 0xFFFFFFFFL);
        if (size > file.length) {
            throw BrokenExample.cutOff();
        }
        if (Bytes.has(file, FIRST_CHUNK, "VP8X")) {
            if ((file[data] & ANIMATED) != 0) {
                throw BrokenExample.unknown("an animated WebP", "save one of its frames as PNG");
            }
            int width = 1 + Bytes.little24(file, data + 4);
            int height = 1 + Bytes.little24(file, data + 7);
            return new Webp(file, width, height, orientation(file));
        }
        if (Bytes.has(file, FIRST_CHUNK, "VP8 ")) {
            int width = Bytes.little16(file, data + 6) & 0x3FFF;
            int height = Bytes.little16(file, data + 8) & 0x3FFF;
            return new Webp(file, width, height, Orientation.UPRIGHT);
        }
        if (Bytes.has(file, FIRST_CHUNK, "VP8L")) {
            int bits = Bytes.little32(file, data + 1);
            return new Webp(file, 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF), Orientation.UPRIGHT);
        }
        throw BrokenExample.damaged();
    }

    private static int orientation(byte[] file) {
        long at = FIRST_CHUNK;
        while (at + 8 < file.length) {
            int from = (int) at + 8;
            long to = from + (Bytes.little32(file, (int) at + 4) & 0xFFFFFFFFL);
            if (Bytes.has(file, (int) at, "EXIF") && to <= file.length) {
                int skipped = Bytes.has(file, from, "Exif\0\0") ? 6 : 0; // which does not belong there, but is found
                return Orientation.of(file, (int) Math.min(from + skipped, to), (int) to);
            }
            at = to + (to & 1);
        }
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        Bitmap bitmap = Leptonica.webp(file);
        if (bitmap == null) {
            throw BrokenExample.damaged();
        }
        return bitmap;
    }

    /** The lossless format has it anywhere in its data; the extended one says so in a bit that nobody must trust. */
    @Override
    public boolean hasAlpha() {
        return !Bytes.has(file, FIRST_CHUNK, "VP8 ");
    }

    @Override
    public Bitmap alpha() throws BrokenExample {
        Bitmap alpha = Leptonica.alpha(Leptonica.Format.WEBP, file);
        if (alpha == null) {
            throw BrokenExample.damaged();
        }
        return alpha;
    }
}
