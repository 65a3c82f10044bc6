package io.gander.image;

import io.gander.error.BrokenExample;
import java.util.Arrays;

/**
 * A GIF file's first frame, on the logical screen, which grows if the frame is larger (as in Pillow). Read here: the JDK
 * refuses code sizes above 8, and leptonica would decode all frames.
 *
 * @param frame where the frame's descriptor begins, behind its comma
 * @param key the palette's transparent entry; −1 if there is none
 */
record Gif(byte[] file, int width, int height, int frame, int key) implements PictureFile {
    private static final int HEADER = 13;
    private static final int DESCRIPTOR = 9;
    private static final int EXTENSION = '!';
    private static final int FRAME = ',';
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}}; // first row, step
    private static final int[][] PLAIN = {{0, 1}};

    static Gif open(byte[] file) throws BrokenExample {
        if (file.length < HEADER) {
            throw BrokenExample.cutOff();
        }
        int at = HEADER + paletteBytes(file[10]);
        int key = -1;
        while (at < file.length && file[at] == EXTENSION) {
            if (at + 8 <= file.length && (file[at + 1] & 255) == GRAPHIC_CONTROL) {
                key = (file[at + 3] & 1) != 0 ? file[at + 6] & 255 : -1;
            }
            at += 2;
            while (at < file.length && file[at] != 0) {
                at += 1 + (file[at] & 255);
            }
            at++;
        }
        if (at + 1 + DESCRIPTOR > file.length) {
            throw BrokenExample.cutOff();
        }
        if (file[at] != FRAME) {
            throw BrokenExample.damaged();
        }
        int frame = at + 1;
        int width = Math.max(Bytes.little16(file, 6), Bytes.little16(file, frame) + Bytes.little16(file, frame + 4));
        int height =
                Math.max(Bytes.little16(file, 8), Bytes.little16(file, frame + 2) + Bytes.little16(file, frame + 6));
        return new Gif(file, width, height, frame, key);
    }

    /** Bytes of the palette that flags announce. */
    private static int paletteBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    @Override
    public int orientation() {
        return Orientation.UPRIGHT;
    }

    @Override
    public Bitmap decode(int least) throws BrokenExample {
        byte[] palette = palette();
        byte[] pixels = new byte[3 * height * width];
        place((pixel, index) -> {
            if (index != key && 3 * index < palette.length) {
                System.arraycopy(palette, 3 * index, pixels, 3 * pixel, 3);
            }
        });
        Bitmap screen = new Bitmap(pixels, 3, height, width);
        return isGrey(palette) ? screen.firstChannel() : screen;
    }

    @Override
    public boolean hasAlpha() {
        return key >= 0;
    }

    /** What the frame leaves free is transparent too. */
    @Override
    public Bitmap alpha() throws BrokenExample {
        byte[] opaque = new byte[height * width];
        place((pixel, index) -> opaque[pixel] = (byte) (index == key ? 0 : -1));
        return new Bitmap(opaque, 1, height, width);
    }

    /** The frame's palette, else the file's, else greys. */
    private byte[] palette() throws BrokenExample {
        int own = paletteBytes(file[frame + 8]);
        int common = paletteBytes(file[10]);
        if (own + common == 0) {
            byte[] greys = new byte[3 << 8];
            for (int i = 0; i < greys.length; i++) {
                greys[i] = (byte) (i / 3);
            }
            return greys;
        }
        int from = own > 0 ? frame + DESCRIPTOR : HEADER;
        int to = from + (own > 0 ? own : common);
        if (to > file.length) {
            throw BrokenExample.cutOff();
        }
        return Arrays.copyOfRange(file, from, to);
    }

    private static boolean isGrey(byte[] palette) {
        for (int i = 0; i < palette.length; i += 3) {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) {
                return false;
            }
        }
        return true;
    }

    /** What is done with a pixel of the screen and its place in the palette. */
    private interface Pixel {
        void at(int pixel, int index);
    }

    private void place(Pixel action) throws BrokenExample {
        int left = Bytes.little16(file, frame);
        int top = Bytes.little16(file, frame + 2);
        int columns = Bytes.little16(file, frame + 4);
        int rows = Bytes.little16(file, frame + 6);
        int flags = file[frame + 8];
        byte[] indices = GifCodes.decode(file, frame + DESCRIPTOR + paletteBytes(flags), columns * rows);
        int next = 0;
        for (int[] pass : (flags & 0x40) == 0 ? PLAIN : INTERLACED) {
            for (int y = pass[0]; y < rows; y += pass[1]) {
                for (int x = 0; x < columns; x++) {
                    action.at((top + y) * width + left + x, indices[next++] & 255);
                }
            }
        }
    }
}
