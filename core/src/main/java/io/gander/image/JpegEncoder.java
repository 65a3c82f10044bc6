package io.gander.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Compresses pictures as JPEG (baseline, colours at half the resolution), with the JDK's encoder. */
public final class JpegEncoder {
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
        int head = 4 + Bytes.big16(file, 4); // SOI, and JFIF's segment, which must come first
        int parts = (profile.length + PROFILE_PART - 1) / PROFILE_PART;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(file, 0, head);
        for (int i = 0; i < parts; i++) {
            int size = Math.min(PROFILE_PART, profile.length - i * PROFILE_PART);
            int length = 2 + PROFILE.length() + 2 + size;
            all.writeBytes(new byte[] {-1, (byte) 0xE2, (byte) (length >> 8), (byte) length});
            all.writeBytes(PROFILE.getBytes(StandardCharsets.ISO_8859_1));
            all.writeBytes(new byte[] {(byte) (i + 1), (byte) parts});
            all.write(profile, i * PROFILE_PART, size);
        }
        all.write(file, head, file.length - head);
        return all.toByteArray();
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
