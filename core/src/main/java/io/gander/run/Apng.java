package io.gander.run;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/** PNG files of one size and kind as an animation, which browsers play (PNG, third edition, section 4.9). */
final class Apng {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 25; // of the chunk IHDR, whole

    private final DataOutputStream out;
    private int sequence;

    private Apng(DataOutputStream out) {
        this.out = out;
    }

    /**
     * The animation's bytes; it is shown again and again.
     *
     * @param frames whole PNG files
     * @param milliseconds how long each is shown; the last one eight times as long
     */
    static byte[] of(List<byte[]> frames, int milliseconds) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Apng animation = new Apng(new DataOutputStream(bytes));
        animation.write(frames, milliseconds);
        return bytes.toByteArray();
    }

    /** Whether two PNG files can be frames of one animation. */
    static boolean alike(byte[] one, byte[] other) {
        int end = SIGNATURE.length + HEADER_BYTES;
        return one.length > end
                && other.length > end
                && ByteBuffer.wrap(one, 0, end).equals(ByteBuffer.wrap(other, 0, end));
    }

    private void write(List<byte[]> frames, int milliseconds) throws IOException {
        byte[] first = frames.get(0);
        out.write(SIGNATURE);
        out.write(first, SIGNATURE.length, HEADER_BYTES);
        byte[] count = new byte[8];
        ByteBuffer.wrap(count).putInt(frames.size());
        chunk("acTL", count);
        ByteBuffer header = ByteBuffer.wrap(first, SIGNATURE.length + 8, 8);
        int width = header.getInt();
        int height = header.getInt();
        for (int i = 0; i < frames.size(); i++) {
            int delay = i == frames.size() - 1 ? 8 * milliseconds : milliseconds;
            control(width, height, delay);
            pixels(frames.get(i), i == 0);
        }
        chunk("IEND", new byte[0]);
    }

    private void control(int width, int height, int milliseconds) throws IOException {
        byte[] control = new byte[26];
        ByteBuffer fields = ByteBuffer.wrap(control);
        fields.putInt(sequence++).putInt(width).putInt(height).putInt(0).putInt(0);
        fields.putShort((short) milliseconds)
                .putShort((short) 1000)
                .put((byte) 0)
                .put((byte) 0);
        chunk("fcTL", control);
    }

    /** The first frame's pixels stay what readers without animation show. */
    private void pixels(byte[] png, boolean first) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(png, SIGNATURE.length, png.length - SIGNATURE.length);
        while (file.remaining() > 0) {
            int length = file.getInt();
            int kind = file.getInt();
            byte[] data = new byte[length];
            file.get(data).getInt(); // past the checksum
            if (kind == ('I' << 24 | 'D' << 16 | 'A' << 8 | 'T')) {
                if (first) {
                    chunk("IDAT", data);
                } else {
                    byte[] numbered = new byte[length + Integer.BYTES];
                    ByteBuffer.wrap(numbered).putInt(sequence++).put(data);
                    chunk("fdAT", numbered);
                }
            }
        }
    }

    private void chunk(String kind, byte[] data) throws IOException {
        byte[] name = kind.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) checksum.getValue());
    }
}
