package io.gander.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.error.UserError;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The safetensors format: eight bytes of length, a JSON header, raw little-endian arrays. It can hold nothing that runs.
 * Float32 only. Specification: huggingface/safetensors, README, "Format".
 */
public final class Safetensors {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** The specification's own bound on the header. */
    private static final int MAX_HEADER = 100_000_000;

    private Safetensors() {}

    /** An array from a file: its sizes, and its values in NCHW order. */
    public record Array(long[] sizes, float[] values) {}

    /**
     * Writes tensors by name, and forces them to the disk.
     *
     * @param metadata free text by key, kept in the header
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode text = header.putObject("__metadata__");
            metadata.forEach(text::put);
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            offset = describe(header.putObject(entry.getKey()), entry.getValue(), offset);
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, prefixed(JSON.writeValueAsBytes(header)));
            for (Tensor tensor : tensors.values()) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tensor.count() * Float.BYTES));
                try (Scope scope = Scope.open()) {
                    tensor.writeTo(bytes);
                }
                writeFully(channel, bytes.flip());
            }
            channel.force(true);
        }
    }

    private static long describe(ObjectNode entry, Tensor tensor, long offset) {
        long end = offset + tensor.count() * Float.BYTES;
        entry.put("dtype", "F32");
        for (long size : tensor.shape()) {
            entry.withArray("shape").add(size);
        }
        entry.withArray("shape"); // a single number has an empty shape, not none
        entry.withArray("data_offsets").add(offset).add(end);
        return end;
    }

    /** The header behind its length, padded with spaces so that the arrays start at a multiple of eight bytes. */
    private static ByteBuffer prefixed(byte[] header) {
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(header);
        while (bytes.hasRemaining()) {
            bytes.put((byte) ' ');
        }
        return bytes.flip();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads the arrays whose names are wanted.
     *
     * @throws UserError if the file is missing, cut short or no safetensors file
     */
    public static Map<String, Array> read(Path file, Predicate<String> wanted) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long length = size < Long.BYTES ? -1 : read(channel, 0, Long.BYTES).getLong();
            if (length < 2 || length > MAX_HEADER || Long.BYTES + length > size) {
                throw damaged(file, "its header is cut short");
            }
            JsonNode header =
                    JSON.readTree(read(channel, Long.BYTES, (int) length).array());
            Map<String, Array> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (!entry.getKey().equals("__metadata__") && wanted.test(entry.getKey())) {
                    arrays.put(entry.getKey(), array(file, channel, Long.BYTES + length, size, entry.getValue()));
                }
            }
            return arrays;
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is not JSON");
        } catch (NoSuchFileException e) {
            throw new UserError("there is no file " + file + ".", e);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + " (" + e.getMessage() + ").", e);
        }
    }

    private static Array array(Path file, FileChannel channel, long base, long fileSize, JsonNode entry)
            throws IOException {
        long begin = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        long[] sizes = new long[entry.path("shape").size()];
        long count = 1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = entry.path("shape").path(i).asLong(-1);
            count = sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE ? -1 : count * sizes[i];
            if (count < 0 || count > Integer.MAX_VALUE / Float.BYTES) {
                throw damaged(file, "an array's shape is not possible");
            }
        }
        if (!entry.path("dtype").asText().equals("F32")) {
            throw damaged(file, "it holds numbers other than float32 (F32)");
        }
        if (begin < 0 || end - begin != count * Float.BYTES || end > fileSize - base) {
            throw damaged(file, "an array is cut short");
        }
        float[] values = new float[(int) count];
        read(channel, base + begin, (int) (end - begin)).asFloatBuffer().get(values);
        return new Array(sizes, values);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file ends early");
            }
        }
        return bytes.flip();
    }

    private static UserError damaged(Path file, String why) {
        return new UserError(file + " is not a whole safetensors file of this program: " + why + ".");
    }

    /** SHA-256 of a file's bytes, hexadecimal. */
    static String checksum(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return java.util.HexFormat.of().formatHex(digest.digest());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
