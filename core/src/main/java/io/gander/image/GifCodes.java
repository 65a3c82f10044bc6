package io.gander.image;

import io.gander.error.BrokenExample;
import io.gander.error.BrokenExample.Kind;

/** Unpacks the LZW codes of a GIF frame (GIF89a, appendix F): from 2 to 12 bits each, the low bits first, in blocks. */
final class GifCodes {
    private static final int MOST_BITS = 12;
    private static final int TABLE = 1 << MOST_BITS;

    private final byte[] file;

    /** Each entry of the table is a prefix, itself an entry, and one more value. */
    private final int[] prefixes = new int[TABLE];

    private final byte[] values = new byte[TABLE];
    private final int[] lengths = new int[TABLE];
    private final byte[] indices;
    private int done;
    private int at;
    private int left; // bytes of the block
    private int bits;
    private int held; // bits

    private GifCodes(byte[] file, int at, int count) {
        this.file = file;
        this.at = at;
        this.indices = new byte[count];
    }

    /**
     * As many palette entries as a frame has pixels.
     *
     * @param at where the code size stands
     */
    static byte[] decode(byte[] file, int at, int count) throws BrokenExample {
        if (at >= file.length) {
            throw BrokenExample.cutOff();
        }
        int size = file[at] & 255;
        if (size < 1 || size >= MOST_BITS) {
            throw BrokenExample.damaged();
        }
        return new GifCodes(file, at + 1, count).decode(size);
    }

    private byte[] decode(int size) throws BrokenExample {
        int clear = 1 << size;
        for (int i = 0; i < clear; i++) {
            values[i] = (byte) i;
            lengths[i] = 1;
        }
        int next = clear + 2;
        int width = size + 1;
        int last = -1;
        while (done < indices.length) {
            int code = code(width);
            if (code == clear) {
                next = clear + 2;
                width = size + 1;
                last = -1;
                continue;
            }
            if (code == clear + 1) {
                throw new BrokenExample(Kind.TRUNCATED, "lacks a part");
            }
            if (last < 0 ? code > clear : code > next) {
                throw BrokenExample.damaged();
            }
            boolean fresh = code == next; // the entry that is only now being made: the last one, and its first value
            byte first = put(fresh ? last : code);
            if (fresh) {
                put(first & 255);
            }
            if (last >= 0 && next < TABLE) {
                prefixes[next] = last;
                values[next] = first;
                lengths[next] = lengths[last] + 1;
                next++;
                if (next == 1 << width && width < MOST_BITS) {
                    width++;
                }
            }
            last = code;
        }
        return indices;
    }

    /** Writes what an entry stands for, as far as there is room, and returns the first of it. */
    private byte put(int entry) {
        int step = entry;
        for (int i = done + lengths[entry] - 1; i > done; i--) {
            if (i < indices.length) {
                indices[i] = values[step];
            }
            step = prefixes[step];
        }
        if (done < indices.length) {
            indices[done] = values[step];
        }
        done += lengths[entry];
        return values[step];
    }

    private int code(int width) throws BrokenExample {
        while (held < width) {
            if (left == 0) {
                left = next();
                if (left == 0) {
                    throw new BrokenExample(Kind.TRUNCATED, "lacks a part");
                }
            }
            bits |= next() << held;
            held += 8;
            left--;
        }
        int code = bits & ((1 << width) - 1);
        bits >>>= width;
        held -= width;
        return code;
    }

    private int next() throws BrokenExample {
        if (at >= file.length) {
            throw BrokenExample.cutOff();
        }
        return file[at++] & 255;
    }
}
