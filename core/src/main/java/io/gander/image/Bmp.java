package io.gander.image;

import io.gander.error.BrokenExample;
import java.awt.image.BufferedImage;
import java.util.Set;

/** A BMP file. Read by the JDK: leptonica knows neither bit fields nor compression, and refuses trailing bytes. */
record Bmp(byte[] file, int width, int height, int bits) implements PictureFile {
    private static final int FILE_HEADER = 14;
    private static final int OLD_HEADER = 12; // OS/2's first
    private static final int HEADER = 40;
    private static final int OS2_HEADER = 64;
    private static final int ALPHA_HEADER = 56; // the first that can tell where alpha lies
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final Set<Integer> DEPTHS = Set.of(1, 4, 8, 16, 24, 32);
    private static final String CURE = "convert it to PNG";

    static Bmp open(byte[] file) throws BrokenExample {
        if (file.length < FILE_HEADER + OLD_HEADER) {
            throw BrokenExample.cutOff();
        }
        int header = Bytes.little32(file, FILE_HEADER);
        if (header == OLD_HEADER) {
            int width = Bytes.little16(file, 18);
            int height = Bytes.little16(file, 20);
            return checked(new Bmp(file, width, height, Bytes.little16(file, 24)), 0);
        }
        boolean os2 = header == OS2_HEADER || (header >= 16 && header < HEADER && header % 4 == 0);
        if (header < 16 || file.length < FILE_HEADER + (os2 ? header : HEADER)) {
            throw header < 16 ? BrokenExample.damaged() : BrokenExample.cutOff();
        }
        byte[] usual = os2 ? withUsualHeader(file, header) : file;
        int width = Bytes.little32(usual, 18);
        int height = Math.abs(Bytes.little32(usual, 22)); // negative from the top down
        int compression = Bytes.little32(usual, 30);
        int size = Bytes.little32(usual, 34);
        if (compression < 0 || compression > (os2 ? RLE4 : BIT_FIELDS)) { // where OS/2 counts otherwise
            throw BrokenExample.unknown("a BMP of a rare kind", CURE);
        }
        boolean rle = compression == RLE8 || compression == RLE4;
        if (rle && (size < 0 || size > file.length)) { // the JDK would reserve as much memory
            throw BrokenExample.cutOff();
        }
        return checked(new Bmp(usual, width, height, Bytes.little16(usual, 28)), rle ? 1 : 0);
    }

    /** The same with the header that all know: OS/2's second begins with its fields, and may end after any of them. */
    private static byte[] withUsualHeader(byte[] file, int header) {
        byte[] usual = new byte[file.length - header + HEADER];
        System.arraycopy(file, 0, usual, 0, FILE_HEADER + Math.min(header, HEADER));
        int behind = FILE_HEADER + header;
        System.arraycopy(file, behind, usual, FILE_HEADER + HEADER, file.length - behind);
        Bytes.putLittle32(usual, 10, Bytes.little32(file, 10) - header + HEADER); // where the pixels begin
        Bytes.putLittle32(usual, FILE_HEADER, HEADER);
        return usual;
    }

    private static Bmp checked(Bmp bmp, int compressed) throws BrokenExample {
        Decoder.checkSize(bmp.width, bmp.height);
        if (!DEPTHS.contains(bmp.bits)) {
            throw BrokenExample.unknown("a BMP of " + bmp.bits + " bits", CURE);
        }
        long row = ((long) bmp.width * bmp.bits + 31) / 32 * 4;
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
        return JdkReader.onScreen(image(), 0, 0, width, height);
    }

    @Override
    public boolean hasAlpha() {
        return Bytes.little32(file, FILE_HEADER) >= ALPHA_HEADER && (bits == 16 || bits == 32);
    }

    @Override
    public Bitmap alpha() throws BrokenExample {
        return JdkReader.alpha(image());
    }

    private BufferedImage image() throws BrokenExample {
        return JdkReader.read("bmp", file, reader -> reader.read(0));
    }
}
