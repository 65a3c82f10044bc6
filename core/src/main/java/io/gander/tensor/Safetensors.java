package io.gander.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gander.error.UserError;
import io.gander.file.Faults;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * The safetensors format: eight bytes of length, a JSON header, raw little-endian arrays. It can hold nothing that runs.
 * Float32 is written; float64, which is rounded, float32, float16 and bfloat16 are read. Specification: huggingface/safetensors, README, "Format".
 */
public final class Safetensors {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** The header's key for free text. */
    private static final String METADATA = "__metadata__";

    /** The specification's own bound on the header. */
    private static final int MAX_HEADER = 100_000_000;

    private Safetensors() {}

    /** An array from a file: its sizes, and its values in NCHW order. */
    public record Array(long[] sizes, float[] values) {
        /** Whether no value is NaN or infinite. */
        public boolean isFinite() {
            float sum = 0;
            for (float value : values) {
                sum += 0 * value; // NaN of NaN and of ∞
            }
            return sum == 0;
        }
    }

    /** An array on its way into a file: its sizes, and who puts its values, little-endian, into a buffer of their size. */
    private record Source(long[] sizes, Consumer<ByteBuffer> values) {
        long bytes() {
            return LongStream.of(sizes).reduce(Float.BYTES, Math::multiplyExact);
        }
    }

    /**
     * Writes tensors by name, and forces them to the disk.
     *
     * @param metadata free text by key, kept in the header
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> sources.put(name, new Source(tensor.shape(), bytes -> {
            try (Scope scope = Scope.open()) {
                tensor.writeTo(bytes);
            }
        })));
        writeSources(file, sources, metadata);
    }

    /**
     * Writes arrays by name, and forces them to the disk; needs no engine.
     *
     * @param metadata free text by key, kept in the header
     */
    public static void writeArrays(Path file, Map<String, Array> arrays, Map<String, String> metadata)
            throws IOException {
        Map<String, Source> sources = new LinkedHashMap<>();
        arrays.forEach((name, array) -> sources.put(name, new Source(array.sizes, bytes -> {
            bytes.asFloatBuffer().put(array.values);
            bytes.position(bytes.limit()); // the view has a position of its own
        })));
        writeSources(file, sources, metadata);
    }

    private static void writeSources(Path file, Map<String, Source> sources, Map<String, String> metadata)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode text = header.putObject(METADATA);
            metadata.forEach(text::put);
        }
        long offset = 0;
        for (Map.Entry<String, Source> entry : sources.entrySet()) {
            offset = describe(header.putObject(entry.getKey()), entry.getValue(), offset);
        }
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            writeFully(channel, prefixed(JSON.writeValueAsBytes(header)));
            for (Source source : sources.values()) {
                ByteBuffer bytes =
                        ByteBuffer.allocate(Math.toIntExact(source.bytes())).order(ByteOrder.LITTLE_ENDIAN);
                source.values.accept(bytes);
                writeFully(channel, bytes.flip());
            }
            channel.force(true);
        }
    }

    private static long describe(ObjectNode entry, Source source, long offset) {
        long end = offset + source.bytes();
        entry.put("dtype", "F32");
        ArrayNode shape = entry.putArray("shape");
        LongStream.of(source.sizes).forEach(shape::add);
        entry.putArray("data_offsets").add(offset).add(end);
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
     * Reads the arrays whose names are wanted. Never takes more memory than a few times the file's size.
     *
     * @throws UserError if the file is missing, cut short or no safetensors file
     */
    public static Map<String, Array> read(Path file, Predicate<String> wanted) {
        return open(file, bytes -> arrays(file, bytes, wanted));
    }

    /**
     * Refuses weights that would make every result NaN.
     *
     * @param file where they are from, for errors
     * @throws UserError if one of the arrays is not finite, naming it
     */
    public static void requireFinite(Object file, Map<String, Array> arrays) {
        arrays.forEach((name, array) -> {
            if (!array.isFinite()) {
                throw new UserError(file + ": '" + name + "' holds NaN or infinite values, so nothing can be measured"
                        + " with it; copy or make the file again.");
            }
        });
    }

    /**
     * The same of a file's contents.
     *
     * @param name for errors
     */
    public static Map<String, Array> read(String name, byte[] content, Predicate<String> wanted) {
        return open(name, Bytes.of(content), bytes -> arrays(name, bytes, wanted));
    }

    private static Map<String, Array> arrays(Object file, Whole whole, Predicate<String> wanted) throws IOException {
        List<Entry> entries = entries(file, whole.header);
        checkCover(file, entries, whole.bytes.size() - whole.base);
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (wanted.test(entry.name)) {
                arrays.put(entry.name, array(file, whole, entry));
            }
        }
        return arrays;
    }

    /**
     * Reads the free text that is kept in the header, by key.
     *
     * @throws UserError if the file is missing, or its header is none of a safetensors file
     */
    public static Map<String, String> metadata(Path file) {
        return open(file, Safetensors::text);
    }

    /**
     * The same of a file's contents.
     *
     * @param name for errors
     */
    public static Map<String, String> metadata(String name, byte[] content) {
        return open(name, Bytes.of(content), Safetensors::text);
    }

    private static Map<String, String> text(Whole whole) {
        Map<String, String> text = new LinkedHashMap<>();
        whole.header
                .path(METADATA)
                .properties()
                .forEach(entry -> text.put(entry.getKey(), entry.getValue().asText()));
        return text;
    }

    /** Where the bytes come from. */
    private interface Bytes {
        long size() throws IOException;

        /** Fills a buffer from a position on. */
        void read(ByteBuffer into, long position) throws IOException;

        static Bytes of(byte[] content) {
            return new Bytes() {
                @Override
                public long size() {
                    return content.length;
                }

                @Override
                public void read(ByteBuffer into, long position) {
                    into.put(content, (int) position, into.remaining());
                }
            };
        }

        static Bytes of(FileChannel channel) {
            return new Bytes() {
                @Override
                public long size() throws IOException {
                    return channel.size();
                }

                @Override
                public void read(ByteBuffer into, long position) throws IOException {
                    while (into.hasRemaining()) {
                        if (channel.read(into, position + into.position()) < 0) {
                            throw new EOFException();
                        }
                    }
                }
            };
        }
    }

    /** An open file whose arrays lie behind {@code base}. */
    private record Whole(Bytes bytes, JsonNode header, long base) {}

    /** What is done with it. */
    private interface Reading<T> {
        T read(Whole whole) throws IOException;
    }

    private static <T> T open(Path file, Reading<T> reading) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return open(file, Bytes.of(channel), reading);
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
    }

    private static <T> T open(Object file, Bytes bytes, Reading<T> reading) {
        try {
            long size = bytes.size();
            long length = size < Long.BYTES ? -1 : read(bytes, 0, Long.BYTES).getLong();
            if (length < 2 || length > MAX_HEADER || Long.BYTES + length > size) {
                throw damaged(file, "its header is cut short");
            }
            byte[] header = read(bytes, Long.BYTES, (int) length).array();
            return reading.read(new Whole(bytes, JSON.readTree(header), Long.BYTES + length));
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is not JSON");
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
    }

    /** An array as the header describes it: where it lies, in bytes behind the header. */
    private record Entry(String name, JsonNode description, long begin, long end) {}

    private static List<Entry> entries(Object file, JsonNode header) {
        if (!header.isObject()) {
            throw damaged(file, "its header is not a JSON object");
        }
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : header.properties()) {
            if (!property.getKey().equals(METADATA)) {
                JsonNode offsets = property.getValue().path("data_offsets");
                entries.add(new Entry(
                        property.getKey(), property.getValue(), whole(offsets.path(0)), whole(offsets.path(1))));
            }
        }
        return entries;
    }

    /** A whole number that is not negative; −1 for anything else. */
    private static long whole(JsonNode number) {
        return number.isIntegralNumber() && number.canConvertToLong() ? Math.max(-1, number.asLong()) : -1;
    }

    /**
     * The arrays lie end to end and fill the file, as the specification wants it: so none lies outside, and overlapping
     * ones cannot claim more memory than the file has.
     */
    private static void checkCover(Object file, List<Entry> entries, long room) {
        List<Entry> ordered = new ArrayList<>(entries);
        ordered.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
        long covered = 0;
        for (Entry entry : ordered) {
            if (entry.begin != covered || entry.end < entry.begin) {
                throw damaged(file, "its arrays overlap or leave gaps");
            }
            covered = entry.end;
        }
        if (covered != room) {
            throw damaged(file, covered > room ? "an array is cut short" : "bytes follow that belong to no array");
        }
    }

    private static Array array(Object file, Whole whole, Entry entry) throws IOException {
        JsonNode shape = entry.description.path("shape");
        if (!shape.isArray()) {
            throw damaged(file, "an array has no shape");
        }
        long[] sizes = new long[shape.size()];
        long count = 1;
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = whole(shape.path(i));
            count = sizes[i] < 0 || sizes[i] > Integer.MAX_VALUE ? -1 : count * sizes[i];
            if (count < 0 || count > Integer.MAX_VALUE / Double.BYTES) {
                throw damaged(file, "an array's shape is not possible");
            }
        }
        String kind = entry.description.path("dtype").asText();
        if (kind.isEmpty()) {
            throw damaged(file, "an array has no type");
        }
        int width =
                switch (kind) {
                    case "F64" -> Double.BYTES;
                    case "F32" -> Float.BYTES;
                    case "F16", "BF16" -> Short.BYTES;
                    default ->
                        throw new UserError(file + " holds '" + entry.name + "' as " + kind
                                + ": F64, F32, F16 and BF16 are read; save it as float32.");
                };
        if (entry.end - entry.begin != count * width) {
            throw damaged(file, "an array's shape does not fit its bytes");
        }
        float[] values = new float[(int) count];
        ByteBuffer bytes = read(whole.bytes, whole.base + entry.begin, (int) count * width);
        switch (kind) {
            case "F64" -> fill(values, () -> (float) bytes.getDouble());
            case "F16" -> fill(values, () -> Half.toFloat(bytes.getShort()));
            case "BF16" -> fill(values, () -> Float.intBitsToFloat(bytes.getShort() << 16));
            default -> bytes.asFloatBuffer().get(values);
        }
        return new Array(sizes, values);
    }

    /** The next number of an array. */
    private interface Next {
        float value();
    }

    private static void fill(float[] values, Next next) {
        for (int i = 0; i < values.length; i++) {
            values[i] = next.value();
        }
    }

    private static ByteBuffer read(Bytes bytes, long position, int length) throws IOException {
        ByteBuffer part = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.read(part, position);
        return part.flip();
    }

    private static UserError damaged(Object file, String why) {
        return new UserError(
                file + " is not a whole safetensors file of this program: " + why + "; copy or make it again.");
    }
}
