package io.gander.image;

import io.gander.error.BrokenExample;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;

/** A BMP file. Read by the JDK: leptonica knows neither bit fields nor compression, and refuses trailing bytes. */
record Bmp(byte[] file, int width, int height) implements PictureFile {
    private static final int FILE_HEADER = 14;
    private static final int OLD_HEADER = 12; // OS/2's
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;

    static Bmp open(byte[] file) throws BrokenExample {
        if (file.length < FILE_HEADER + OLD_HEADER) {
            throw BrokenExample.cutOff();
        }
        if (Bytes.little32(file, FILE_HEADER) == OLD_HEADER) {
            int width = Bytes.little16(file, 18);
            int height = Bytes.little16(file, 20);
            return checked(new Bmp(file, width, height), Bytes.little16(file, 24), 0);
        }
        if (file.length < FILE_HEADER + 40) {
            throw BrokenExample.cutOff();
        }
        int width = Bytes.little32(file, 18);
        int height = Math.abs(Bytes.little32(file, 22)); // negative from the top down
        int compression = Bytes.little32(file, 30);
        int size = Bytes.little32(file, 34);
        if (compression < 0 || compression > BIT_FIELDS) {
            throw BrokenExample.unknown("a BMP of a rare kind");
        }
        boolean rle = compression == RLE8 || compression == RLE4;
        if (rle && (size < 0 || size > file.length)) { // the JDK would reserve as much memory
            throw BrokenExample.cutOff();
        }
        return checked(new Bmp(file, width, height), Bytes.little16(file, 28), rle ? 1 : 0);
    }

    private static Bmp checked(Bmp bmp, int bits, int compressed) throws BrokenExample {
        Decoder.checkSize(bmp.width, bmp.height);
        long row = ((long) bmp.width * bits + 31) / 32 * 4;
        long start = Bytes.little32(bmp.file, 10) & 0xFFFFFFFFL;
        if (compressed == 0 && start + row * bmp.height > bmp.file.length) {
            throw BrokenExample.cutOff();
        }
        return bmp;
    }

    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        return JdkReader.read("bmp", file, this::picture);
    }

    private Bitmap picture(ImageReader reader) throws IOException {
        BufferedImage image = reader.read(0);
        return JdkReader.onScreen(image, 0, 0, width, height);
    }
}
