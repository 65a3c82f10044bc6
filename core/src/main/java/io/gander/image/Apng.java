package io.gander.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** PNG files of one size and kind as an animation, which browsers play (PNG, third edition, section 4.9). */
public final class Apng {
    private static final int SIGNATURE_BYTES = PngWriter.SIGNATURE.length;
    private static final int HEADER_BYTES = 25; // of the chunk IHDR, whole

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int sequence;

    private Apng() {}

    /**
     * The animation's bytes; it is shown again and again. Readers without animation, and previews, show the last picture.
     *
     * @param pictures whole PNG files; those of another size or kind than the first are left out
     * @param milliseconds how long each is shown; the last one eight times as long
     */
    public static byte[] of(List<byte[]> pictures, int milliseconds) {
        List<byte[]> frames = pictures.stream()
                .filter(picture -> alike(pictures.get(0), picture))
                .toList();
        Apng animation = new Apng();
        try {
            animation.write(frames, milliseconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return animation.out.toByteArray();
    }

    /** Whether two PNG files can be frames of one animation. */
    static boolean alike(byte[] one, byte[] other) {
        int end = SIGNATURE_BYTES + HEADER_BYTES;
        return one.length > end
                && other.length > end
                && ByteBuffer.wrap(one, 0, end).equals(ByteBuffer.wrap(other, 0, end));
    }

    private void write(List<byte[]> frames, int milliseconds) throws IOException {
        byte[] first = frames.get(0);
        out.write(PngWriter.SIGNATURE);
        out.write(first, SIGNATURE_BYTES, HEADER_BYTES);
        chunk("acTL", ByteBuffer.allocate(8).putInt(frames.size())); // played without end
        still(frames.get(frames.size() - 1));
        ByteBuffer header = ByteBuffer.wrap(first, SIGNATURE_BYTES + 8, 8);
        int width = header.getInt();
        int height = header.getInt();
        for (int i = 0; i < frames.size(); i++) {
            int delay = i == frames.size() - 1 ? 8 * milliseconds : milliseconds;
            ByteBuffer control = ByteBuffer.allocate(26); // at the corner, replacing what was there
            control.putInt(sequence++).putInt(width).putInt(height).putInt(0).putInt(0);
            chunk("fcTL", control.putShort((short) delay).putShort((short) 1000));
            frame(frames.get(i));
        }
        chunk("IEND", ByteBuffer.allocate(0));
    }

    /** Pixels before the first control chunk are no frame: they are what is shown where nothing is played. */
    private void still(byte[] png) throws IOException {
        for (byte[] data : pixels(png)) {
            chunk("IDAT", ByteBuffer.wrap(data));
        }
    }

    private void frame(byte[] png) throws IOException {
        for (byte[] data : pixels(png)) {
            ByteBuffer numbered = ByteBuffer.allocate(Integer.BYTES + data.length);
            chunk("fdAT", numbered.putInt(sequence++).put(data));
        }
    }

    private static List<byte[]> pixels(byte[] png) {
        List<byte[]> parts = new ArrayList<>();
        ByteBuffer file = ByteBuffer.wrap(png, SIGNATURE_BYTES, png.length - SIGNATURE_BYTES);
        while (file.remaining() > 0) {
            byte[] data = new byte[file.getInt()];
            int kind = file.getInt();
            file.get(data).getInt(); // past the checksum
            if (kind == ('I' << 24 | 'D' << 16 | 'A' << 8 | 'T')) {
                parts.add(data);
            }
        }
        return parts;
    }

    @SuppressWarnings("ByteBufferBackingArray") // all are whole arrays
    private void chunk(String type, ByteBuffer data) throws IOException {
        PngWriter.chunk(out, type, data.array(), data.capacity());
    }
}
