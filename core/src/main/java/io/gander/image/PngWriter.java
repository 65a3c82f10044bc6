package io.gander.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;

/** Writes a PNG file row by row (ISO/IEC 15948), 8 bits a channel: no more than a row is held, however large the picture. */
public final class PngWriter implements RowSink, Closeable {
    static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    /** The colour type by the number of channels: grey, grey and alpha, RGB, RGB and alpha. */
    private static final byte[] TYPES = {-1, 0, 4, 2, 6};

    /** Of deflate: the default, 6, takes twice the time for a tenth less. */
    private static final int LEVEL = 4;

    private static final int SUB = 1;
    private static final int UP = 2;

    private final OutputStream out;
    private final int channels;
    private final int height;
    private final Deflater deflater = new Deflater(LEVEL);
    private final byte[] compressed = new byte[1 << 16];
    private int waiting;

    private byte[] above;
    private byte[] sub;
    private byte[] up;
    private int rows;

    /**
     * Writes the head of a file.
     *
     * @param out gets the file; closed with this
     * @param channels 1 (grey) or 3 (RGB), and one more for alpha
     * @param text iTXt chunks (UTF-8) by keyword
     * @param profile an ICC profile, or null
     */
    public PngWriter(
            OutputStream out, int channels, int height, int width, Map<String, String> text, byte @Nullable [] profile)
            throws IOException {
        this.out = out;
        this.channels = channels;
        this.height = height;
        this.above = new byte[width * channels];
        this.sub = new byte[1 + width * channels];
        this.up = new byte[1 + width * channels];
        sub[0] = SUB;
        up[0] = UP;
        out.write(SIGNATURE);
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put((byte) 8).put(TYPES[channels]); // compression, filter and interlacing stay 0
        chunk(out, "IHDR", header.array(), 13);
        if (profile != null) {
            byte[] compact = compactProfile(profile);
            chunk(out, "iCCP", compact, compact.length);
        }
        for (Map.Entry<String, String> entry : text.entrySet()) {
            // Keyword, end, not compressed (2), no language, no translation, text.
            byte[] words = (entry.getKey() + "\0\0\0\0\0" + entry.getValue()).getBytes(StandardCharsets.UTF_8);
            chunk(out, "iTXt", words, words.length);
        }
    }

    /**
     * A picture as a PNG file.
     *
     * @param picture grey or RGB, with or without alpha, 8 bits a channel
     * @param text iTXt chunks (UTF-8) by keyword
     */
    public static byte[] encode(BufferedImage picture, Map<String, String> text) {
        Raster raster = picture.getRaster();
        if (picture.getColorModel() instanceof IndexColorModel
                || raster.getSampleModel().getSampleSize(0) != 8) {
            throw new IllegalArgumentException("a picture of type " + picture.getType());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        int width = picture.getWidth();
        int height = picture.getHeight();
        int channels = raster.getNumBands();
        int[] samples = new int[width * channels];
        byte[] row = new byte[width * channels];
        try (PngWriter png = new PngWriter(file, channels, height, width, text, null)) {
            for (int y = 0; y < height; y++) {
                raster.getPixels(0, y, width, 1, samples);
                for (int i = 0; i < row.length; i++) {
                    row[i] = (byte) samples[i];
                }
                png.row(row);
            }
            png.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return file.toByteArray();
    }

    private static byte[] compactProfile(byte[] profile) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("ICC profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream zip = new DeflaterOutputStream(bytes)) {
            zip.write(profile);
        }
        return bytes.toByteArray();
    }

    @Override
    public void row(byte[] pixels) throws IOException {
        if (rows == height || pixels.length != above.length) {
            throw new IllegalStateException("row " + rows + " of " + height + " has " + pixels.length + " bytes");
        }
        long left = 0;
        long over = 0;
        for (int i = 0; i < pixels.length; i++) {
            sub[i + 1] = (byte) (pixels[i] - (i < channels ? 0 : pixels[i - channels]));
            up[i + 1] = (byte) (pixels[i] - above[i]);
            left += Math.abs(sub[i + 1]);
            over += Math.abs(up[i + 1]);
        }
        deflate(left < over ? sub : up); // the specification's own heuristic, section 12.7
        System.arraycopy(pixels, 0, above, 0, pixels.length);
        rows++;
    }

    private void deflate(byte[] bytes) throws IOException {
        deflater.setInput(bytes);
        while (!deflater.needsInput()) {
            drain();
        }
    }

    private void drain() throws IOException {
        waiting += deflater.deflate(compressed, waiting, compressed.length - waiting);
        if (waiting == compressed.length || deflater.finished()) {
            chunk(out, "IDAT", compressed, waiting);
            waiting = 0;
        }
    }

    /** Writes the end of the file, after the last row. */
    public void finish() throws IOException {
        if (rows != height) {
            throw new IllegalStateException(rows + " rows of " + height);
        }
        deflater.finish();
        while (!deflater.finished()) {
            drain();
        }
        chunk(out, "IEND", new byte[0], 0);
    }

    /** Writes a piece of the file: its length, its type, its data and their checksum. */
    static void chunk(OutputStream out, String type, byte[] data, int length) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt(length).array());
        out.write(name);
        out.write(data, 0, length);
        out.write(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        out.close();
    }
}
