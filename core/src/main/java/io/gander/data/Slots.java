package io.gander.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** One number for each example of a decoded file, behind its pixels: the example's class, or that it was left out. */
final class Slots {
    static final int NO_LABEL = -1;
    private static final int LEFT_OUT = -2;
    private static final int CHUNK = 1 << 14;

    private int[] values = new int[1024];
    private int count;

    synchronized void add(int label) {
        if (count == values.length) {
            values = Arrays.copyOf(values, (int) Math.min(2L * count, Integer.MAX_VALUE - 8));
        }
        values[count++] = label;
    }

    synchronized void leaveOut(int slot) {
        values[slot] = LEFT_OUT;
    }

    /** @param places what each label becomes */
    synchronized void renumber(int[] places) {
        for (int slot = 0; slot < count; slot++) {
            if (values[slot] >= 0) {
                values[slot] = places[values[slot]];
            }
        }
    }

    int label(int slot) {
        return values[slot];
    }

    /** The places of the examples that were not left out, in order. */
    int[] used() {
        int[] used = new int[count];
        int n = 0;
        for (int slot = 0; slot < count; slot++) {
            if (values[slot] != LEFT_OUT) {
                used[n++] = slot;
            }
        }
        return Arrays.copyOf(used, n);
    }

    void write(FileChannel file, long place) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * CHUNK);
        long at = place;
        for (int from = 0; from < count; from += CHUNK) {
            bytes.clear();
            for (int slot = from; slot < Math.min(count, from + CHUNK); slot++) {
                bytes.putInt(values[slot]);
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
        }
    }

    static Slots read(FileChannel file, long place, int count) throws IOException {
        Slots slots = new Slots();
        slots.values = new int[count];
        slots.count = count;
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * CHUNK);
        long at = place;
        for (int from = 0; from < count; from += CHUNK) {
            int n = Math.min(count - from, CHUNK);
            bytes.clear().limit(Integer.BYTES * n);
            while (bytes.hasRemaining()) {
                int read = file.read(bytes, at);
                if (read < 0) {
                    throw new IOException("the file is cut off");
                }
                at += read;
            }
            bytes.flip().asReadOnlyBuffer().asIntBuffer().get(slots.values, from, n);
        }
        return slots;
    }
}
