package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.UserError;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it gives arrays or one line that says what is wrong. */
class SafetensorsTest {
    private final Path folder;

    SafetensorsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Map<String, Safetensors.Array> arrays() {
        Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
        arrays.put("b.weight", new Safetensors.Array(new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, -6.5f}));
        arrays.put("a.empty", new Safetensors.Array(new long[] {0, 4}, new float[0]));
        arrays.put("number", new Safetensors.Array(new long[0], new float[] {42}));
        return arrays;
    }

    private Path small() throws IOException {
        Path file = folder.resolve("small.safetensors");
        Safetensors.writeArrays(file, arrays(), Map.of("format", "two\nlines"));
        return file;
    }

    @Test
    void arraysComeBackInTheirOrder() throws IOException {
        Map<String, Safetensors.Array> read = Safetensors.read(small(), name -> true);
        assertThat(read.keySet()).containsExactly("b.weight", "a.empty", "number");
        assertThat(read.values())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(arrays().values());
        assertThat(Safetensors.read(small(), "number"::equals).keySet()).containsExactly("number");
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(small());
        for (int length = 0; length < whole.length; length++) {
            refuses(Arrays.copyOf(whole, length));
        }
        refuses(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void aFileWithOneByteWrongIsReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(small());
        Random random = new Random(1);
        for (int i = 0; i < whole.length; i++) {
            for (int round = 0; round < 8; round++) {
                byte[] wrong = whole.clone();
                wrong[i] = (byte) random.nextInt(256);
                try {
                    Safetensors.read(file(wrong), name -> true);
                } catch (UserError e) {
                    assertThat(e).message().hasLineCount(1);
                }
            }
        }
    }

    @Test
    void noiseIsRefused() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] header = new byte[2 + random.nextInt(60)];
            random.nextBytes(header);
            refuses(withHeader(header, new byte[8]));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 100_000_001, 99_999_999})
    void aHeadersLengthThatLiesIsRefused(long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put("{}".getBytes(StandardCharsets.UTF_8));
        refuses(bytes.array());
    }

    /** Headers in front of eight bytes of arrays, each wrong in its own way. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "  ",
                "5 ",
                "[]",
                "null",
                "\"x\"",
                "{}", // eight bytes that belong to nothing
                "{} {}",
                "{\"x\": 5}",
                "{\"x\": {}}",
                "{\"x\": null}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2]}}",
                "{\"x\": {\"dtype\":\"F32\",\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
                "{\"x\": {\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[1e999],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,4],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[1,9]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[100000000],\"data_offsets\":[0,400000000]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[1],"
                        + "\"data_offsets\":[9223372036854775807,-9223372036854775805]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"y\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"x\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
                "{\"x\": {\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}",
            })
    void aHeaderThatLiesIsRefused(String header) throws IOException {
        refuses(withHeader(header.getBytes(StandardCharsets.UTF_8), new byte[8]));
    }

    /** All of 1.5 and −2. */
    @ParameterizedTest
    @CsvSource({"F64, 000000000000f83f00000000000000c0", "F32, 0000c03f000000c0", "F16, 003e00c0", "BF16, c03f00c0"})
    void realNumbersOfEveryWidthAreRead(String type, String hex) throws IOException {
        byte[] values = HexFormat.of().parseHex(hex);
        String header = "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":[2],\"data_offsets\":[0," + values.length + "]}}";

        Path file = file(withHeader(header.getBytes(StandardCharsets.UTF_8), values));

        assertThat(Objects.requireNonNull(Safetensors.read(file, name -> true).get("x"))
                        .values())
                .containsExactly(1.5f, -2);
    }

    @Test
    void wholeNumbersAreRefusedWithTheArraysNameAndTheCure() throws IOException {
        String header = "{\"seen\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
        Path file = file(withHeader(header.getBytes(StandardCharsets.UTF_8), new byte[8]));
        assertThatThrownBy(() -> Safetensors.read(file, name -> true))
                .hasMessageContaining("holds 'seen' as I64")
                .hasMessageContaining("save it as float32");
        assertThat(Safetensors.read(file, name -> false)).isEmpty();
    }

    @Test
    void weightsThatAreNoNumbersAreFound() {
        Map<String, Safetensors.Array> good =
                Map.of("x", new Safetensors.Array(new long[] {2}, new float[] {1, -3e38f}));
        Safetensors.requireFinite("a file", good);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            Map<String, Safetensors.Array> arrays =
                    Map.of("bad", new Safetensors.Array(new long[] {2}, new float[] {1, bad}));
            assertThatThrownBy(() -> Safetensors.requireFinite("a file", arrays))
                    .isInstanceOf(UserError.class)
                    .hasMessageStartingWith("a file: 'bad' holds NaN or infinite values");
        }
    }

    @Test
    void aHeaderAThousandBracketsDeepIsRefused() throws IOException {
        refuses(withHeader("[".repeat(100_000).getBytes(StandardCharsets.UTF_8), new byte[8]));
    }

    /** Overlapping arrays would otherwise turn a file of megabytes into an allocation of terabytes. */
    @Test
    void arraysThatShareBytesAreRefusedBeforeAnyIsRead() throws IOException {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 20_000; i++) {
            header.append(i == 0 ? "" : ",").append("\"").append(i);
            header.append("\":{\"dtype\":\"F32\",\"shape\":[10000000],\"data_offsets\":[0,40000000]}");
        }
        byte[] front = withHeader(header.append("}").toString().getBytes(StandardCharsets.UTF_8), new byte[0]);
        Path file = file(front);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(front.length + 40_000_000L);
        }
        refuses(file);
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        refuses(folder.resolve("none"));
        refuses(folder);
    }

    private static byte[] withHeader(byte[] header, byte[] arrays) {
        return ByteBuffer.allocate(Long.BYTES + header.length + arrays.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .put(arrays)
                .array();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("hostile.safetensors"), bytes);
    }

    private void refuses(byte[] bytes) throws IOException {
        refuses(file(bytes));
    }

    private static void refuses(Path file) {
        assertThatThrownBy(() -> Safetensors.read(file, name -> true))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(file.toString())
                .message()
                .hasLineCount(1);
    }
}
