package io.gander.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses pictures as JPEG (baseline, colours at half the resolution), with the JDK's encoder. */
public final class JpegEncoder {
    /** Of pictures that are looked at: changes are hardly seen. */
    public static final int USUAL_QUALITY = 95;

    private JpegEncoder() {}

    private static final String PROFILE = "ICC_PROFILE\0";

    /** Bytes of a profile that one segment holds, beside its length, its name and two numbers. */
    private static final int PROFILE_PART = 65_535 - 2 - PROFILE.length() - 2;

    /**
     * A JPEG file's bytes, with a colour profile.
     *
     * @param quality from 1 to 100
     * @param profile ICC, or null
     */
    public static byte[] encode(Bitmap picture, int quality, byte @Nullable [] profile) {
        byte[] file = encode(picture, quality);
        if (profile == null) {
            return file;
        }
        int parts = (profile.length + PROFILE_PART - 1) / PROFILE_PART;
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        for (int i = 0; i < parts; i++) {
            int size = Math.min(PROFILE_PART, profile.length - i * PROFILE_PART);
            segments.writeBytes(start(0xE2, PROFILE.length() + 2 + size));
            segments.writeBytes(PROFILE.getBytes(StandardCharsets.ISO_8859_1));
            segments.writeBytes(new byte[] {(byte) (i + 1), (byte) parts});
            segments.write(profile, i * PROFILE_PART, size);
        }
        return with(file, segments.toByteArray());
    }

    /**
     * A JPEG file's bytes, with a comment.
     *
     * @param quality from 1 to 100
     * @param text what the file says of itself, by keyword: a line each, in UTF-8, 65,533 bytes in all
     */
    public static byte[] withText(Bitmap picture, int quality, Map<String, String> text) {
        byte[] comment = text.entrySet().stream()
                .map(line -> line.getKey() + ": " + line.getValue())
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(start(0xFE, comment.length));
        segment.writeBytes(comment);
        return with(encode(picture, quality), segment.toByteArray());
    }

    /** The beginning of a segment of so many bytes. */
    private static byte[] start(int marker, int content) {
        int length = 2 + content;
        if (length > 65_535) {
            throw new IllegalArgumentException(content + " bytes in one segment");
        }
        return new byte[] {-1, (byte) marker, (byte) (length >> 8), (byte) length};
    }

    /** A file with more segments, behind JFIF's, which must come first. */
    private static byte[] with(byte[] file, byte[] segments) {
        int head = 4 + Bytes.big16(file, 4);
        byte[] all = new byte[file.length + segments.length];
        System.arraycopy(file, 0, all, 0, head);
        System.arraycopy(segments, 0, all, head, segments.length);
        System.arraycopy(file, head, all, head + segments.length, file.length - head);
        return all;
    }

    /**
     * A JPEG file's bytes.
     *
     * @param quality from 1 to 100
     */
    public static byte[] encode(Bitmap picture, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // in memory: ImageIO's own choice is a file that vanishes when Ctrl-C begins to end the process
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(quality / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture.toImage(), null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
