package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.image.Bitmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays as NumPy wrote them ({@code bench/oracle/make_array_fixtures.py}), and as it never would. */
class NumpyTest {
    private final Path folder;

    NumpyTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static byte[] bytes(String fixture) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(NumpyTest.class.getResourceAsStream("numpy/" + fixture), fixture)) {
            return in.readAllBytes();
        }
    }

    private Source fixture(String name) throws IOException {
        return Numpy.open(file(name, bytes(name)), Items.WANTED);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private AbstractStringAssert<?> refuses(byte[] bytes) throws IOException {
        Path file = file("hostile", bytes);
        return Complaint.of(() -> Items.of(Numpy.open(file, Items.WANTED))).contains(file.toString());
    }

    /** An array of version 1 with any header. */
    private static byte[] npy(String header, byte[] numbers) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + numbers.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .put(numbers)
                .array();
    }

    private static byte[] npy(String type, String shape, byte[] numbers) {
        return npy("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n", numbers);
    }

    private static byte[] floats(float... values) {
        ByteBuffer numbers = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        numbers.asFloatBuffer().put(values);
        return npy("<f4", "(" + values.length + ", 1, 1)", numbers.array());
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "colour",
                "colour-first",
                "version-2",
                "version-3",
                "float32-little",
                "float32-big",
                "float64-little",
                "float64-big",
                "float32-signed",
                "float32-bytes",
            })
    void colourIsReadInAllItsForms(String name) throws Exception {
        Source source = fixture(name + ".npy");
        assertThat(source.name()).isEqualTo(name + ".npy");
        assertThat(source.count()).isEqualTo(3);
        List<Item> items = Items.of(source);
        assertThat(items).extracting(Item::name).containsExactly("0", "1", "2");
        assertThat(items).extracting(Item::label).containsOnlyNulls();
        for (int i = 0; i < 3; i++) {
            Bitmap picture = Items.picture(items.get(i));
            assertThat(List.of(picture.channels(), picture.height(), picture.width()))
                    .containsExactly(3, 2, 5);
            assertThat(picture.pixels()).isEqualTo(Arrays.copyOfRange(Items.counting(90), 30 * i, 30 * (i + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"grey", "grey-1"})
    void greyIsReadWithAndWithoutItsChannel(String name) throws Exception {
        Bitmap picture = Items.picture(Items.of(fixture(name + ".npy")).get(2));
        assertThat(picture.pixels()).containsExactly(60, 63, 66, 69, 72, 75, 78, 81, 84, 87);
        assertThat(picture.channels()).isEqualTo(1);
    }

    @Test
    void trueIsWhite() throws Exception {
        assertThat(Items.picture(Items.of(fixture("boolean.npy")).get(0)).pixels())
                .containsExactly(0, -1, 0, -1, 0, -1, 0, -1, 0, -1);
    }

    @Test
    void transparencyIsOverBlack() throws Exception {
        Bitmap picture = Items.picture(Items.of(fixture("opacity.npy")).get(0));
        assertThat(picture.channels()).isEqualTo(3);
        assertThat(picture.pixels()).hasSize(30).startsWith(0, 1, 1, 2, 2, 3); // half of what it was
    }

    @Test
    void theRangeOfAllFloatsTellsTheirScale() throws Exception {
        assertThat(pixels(floats(0, 0.5f, 1.0005f))).containsExactly(0, (byte) 128, (byte) 255);
        assertThat(pixels(floats(-1, 0, 1))).containsExactly(0, (byte) 128, (byte) 255);
        assertThat(pixels(floats(0, 0.4f, 254.6f))).containsExactly(0, 0, (byte) 255);
        assertThat(pixels(floats(0, -0.0005f, 0))).containsExactly(0, 0, 0);
        refuses(floats(-2, 0, 1)).contains("from -2.0 to 1.0");
        refuses(floats(0, 256)).contains("from 0.0 to 256.0");
        refuses(floats(0, 1.5f)).contains("from 0.0 to 1.5");
        refuses(floats(0, Float.NaN)).contains("example 1 holds NaN");
        refuses(floats(0, Float.NEGATIVE_INFINITY)).contains("example 1 holds -Infinity");
    }

    private byte[] pixels(byte[] npy) throws Exception {
        List<Item> items = Items.of(Numpy.open(file("floats.npy", npy), Items.WANTED));
        byte[] pixels = new byte[items.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = Items.picture(items.get(i)).pixels()[0];
        }
        return pixels;
    }

    @ParameterizedTest
    @CsvSource({
        "named.npz, images/0, 7 -1 300",
        "keras.npz, x_train/0, 7 -1 300",
        "positional.npz, arr_0/0, 1 2 250",
        "only.npz, digits/0, 7 65535 300",
    })
    void picturesAndLabelsAreFoundByTheirNames(String name, String first, String labels) throws IOException {
        Source source = fixture(name);
        assertThat(source.count()).isEqualTo(3);
        List<Item> items = Items.of(source);
        assertThat(items.get(0).name()).isEqualTo(first);
        assertThat(items).extracting(Item::label).containsExactly(labels.split(" ", -1));
    }

    @Test
    void allWholeNumbersAreLabels() throws IOException {
        byte[] pictures = npy("|u1", "(1, 1, 1)", new byte[1]);
        byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("|i1", "-1");
        expected.put("<i2", "-1");
        expected.put(">i8", "-1");
        expected.put("<u4", "4294967295");
        expected.put("<u8", "18446744073709551615");
        for (Map.Entry<String, String> type : expected.entrySet()) {
            int size = type.getKey().charAt(2) - '0';
            byte[] labels = npy(type.getKey(), "(1,)", Arrays.copyOf(ones, size));
            Path file = file("labels.npz", zip(Map.of("images.npy", pictures, "y.npy", labels)));
            assertThat(Items.of(Numpy.open(file, Items.WANTED)).get(0).label())
                    .as(type.getKey())
                    .isEqualTo(type.getValue());
        }
    }

    @Test
    void labelsMayBeWords() throws IOException {
        byte[] pictures = npy("|u1", "(2, 1, 1)", new byte[2]);
        Map<String, byte[]> kinds = Map.of(
                "<U3", "cat\0\0\0".getBytes(Charset.forName("UTF-32LE")),
                ">U3", "cat\0\0\0".getBytes(Charset.forName("UTF-32BE")),
                "|S12", "cat\0\0\0\0\0\0\0\0\0größe\0\0\0\0\0".getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> kind : kinds.entrySet()) {
            byte[] labels = npy(kind.getKey(), "(2,)", kind.getValue());
            Path file = file("labels.npz", zip(Map.of("images.npy", pictures, "labels.npy", labels)));
            assertThat(Items.of(Numpy.open(file, Items.WANTED)))
                    .as(kind.getKey())
                    .extracting(Item::label)
                    .containsExactly("cat", kind.getKey().contains("S") ? "größe" : "");
        }
        byte[] objects = npy("|O", "(2,)", new byte[16]);
        refuses(zip(Map.of("images.npy", pictures, "labels.npy", objects)))
                .contains("array labels", "a pickle", "labels.astype(str)");
    }

    @Test
    void namesInAnyScriptAreRead() throws IOException {
        Map<String, byte[]> arrays =
                Map.of("图片.npy", bytes("grey.npy"), "bild_label.npy", npy("<f4", "(3,)", new byte[12]));
        List<Item> items = Items.of(Numpy.open(file("arrays.npz", zip(arrays)), Items.WANTED));
        assertThat(items).extracting(Item::name).containsExactly("图片/0", "图片/1", "图片/2");
        assertThat(items).extracting(Item::label).containsOnlyNulls(); // floats are no labels
    }

    @Test
    void whatCannotBeChosenIsListed() throws IOException {
        refuses(bytes("unknown.npz"))
                .contains(
                        "2 arrays that may be pictures",
                        "first (3×2×5), second (3×2×5×3)",
                        "save the pictures as 'images'");
        refuses(bytes("unequal.npz")).contains("3 examples", "labels has 2 labels");
        refuses(zip(Map.of("readme.txt", new byte[3]))).contains("no array at all");
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 1000; i++) {
            many.put(i + ".npy", npy("|u1", "(1,)", new byte[1]));
        }
        refuses(zip(many)).contains("and 980 more").hasSizeLessThan(2000);
    }

    @Test
    void whatIsNoPicturesIsRefusedWithTheCure() throws IOException {
        refuses(bytes("fortran.npy")).contains("numpy.ascontiguousarray");
        refuses(bytes("objects.npy")).contains("pickle", "uint8");
        refuses(bytes("records.npy")).contains("type V");
        refuses(bytes("half.npy")).contains("f2", "astype('float32')");
        refuses(npy("|u1", "(60000, 784)", new byte[9])).contains("60000×784", "numpy.reshape");
        refuses(npy("|u1", "()", new byte[1])).contains("no dimension");
        refuses(npy("|u1", "(0, 28, 28)", new byte[0])).contains("0×28×28");
        refuses(npy("|u1", "(5, 28, 28, 7)", new byte[5 * 28 * 28 * 7])).contains("5×28×28×7");
        refuses(npy("<M8[ns]", "(1, 1, 1)", new byte[8])).contains("M8[ns]");
        Complaint.of(() -> Numpy.open(folder.resolve("none"), Items.WANTED)).contains("no such file or folder");
        Complaint.of(() -> Numpy.open(folder, Items.WANTED)).contains("it is a folder");
        refuses("<html>".getBytes(StandardCharsets.UTF_8)).contains("not a NumPy array");
    }

    @Test
    void claimsBeyondTheFileAreRefused() throws IOException {
        refuses(npy("|u1", "(60000, 28, 28)", new byte[10_000])).contains("60000 pictures of 28×28", "take 470400");
        refuses(npy("|u1", "(1, 2, 2)", new byte[5])).contains("bytes, but 1 pictures");
        refuses(npy("|u1", "(2147483648, 2147483648, 2147483648)", new byte[5])).contains("2147483648×2147483648");
        refuses(npy("|u1", "(1, 4294967296, 4294967296, 4)", new byte[5])).contains("4294967296");
        refuses(npy("<f8", "(9999999999, 4096, 2048)", new byte[5])).contains("9999999999 pictures");
        refuses(npy("<f8", "(1, 8192, 8192)", new byte[5])).contains("64 MB");
        refuses(npy("|u1", "(1, 99999999999, 1)", new byte[5])).contains("its shape is (1, 99999999999, 1)");
        Map<String, byte[]> tooShort = Map.of("images.npy", npy("|u1", "(9, 2, 2)", new byte[5]));
        refuses(zip(tooShort)).contains("array images", "9 pictures");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{}",
                "[]",
                "null",
                "{'descr': '|u1'}",
                "{'descr': '|u1', 'fortran_order': False}",
                "{'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': '|u1', 'fortran_order': 0, 'shape': (1, 1, 1)}",
                "{'descr': '|u1', 'fortran_order': (1), 'shape': (1, 1, 1)}",
                "{'descr': True, 'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': '', 'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': 1}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': [1, 1, 1]}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, -1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1.0)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1,, 1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (,)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1 1 1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': '(1, 1, 1)'}",
                "{'descr': '|u1' 'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1)} ()",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1), 'x': 1}",
                "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 1), , }",
                "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1, 1, 1)}",
                "{'descr': [('r', '|u1')], 'fortran_order': False, 'shape': (1, 1, 1)}",
            })
    void aHeaderThatNumpyNeverWritesIsRefused(String header) throws IOException {
        refuses(npy(header, new byte[1]));
    }

    @Test
    void aHeaderOfMeaninglessLengthIsRefused() throws IOException {
        refuses(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (" + "1,".repeat(20_000) + ")}", new byte[1]))
                .hasSizeLessThan(500);
        refuses(npy("{'descr': '" + "u".repeat(50_000) + "'}", new byte[1])).hasSizeLessThan(500);
        byte[] tooLong = bytes("version-2.npy");
        Arrays.fill(tooLong, 8, 12, (byte) -1);
        refuses(tooLong).contains("4294967295 bytes");
        tooLong[6] = 9;
        refuses(tooLong).contains("version is 9.0");
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        for (String name : List.of("colour.npy", "float32-big.npy", "named.npz", "keras.npz")) {
            byte[] whole = bytes(name);
            int step = name.endsWith(".npz") ? 7 : 1; // opening a zip takes longer
            for (int length = 0; length < whole.length; length += step) {
                refuses(Arrays.copyOf(whole, length));
            }
        }
    }

    @Test
    void aFileWithOneByteWrongIsReadOrRefused() throws IOException {
        for (String name : List.of("colour.npy", "float64-little.npy", "named.npz", "keras.npz")) {
            byte[] whole = bytes(name);
            for (int i = 0; i < whole.length; i += name.endsWith(".npz") ? 3 : 1) {
                byte[] wrong = whole.clone();
                wrong[i] ^= (byte) (1 << i % 8);
                Path file = file("wrong", wrong);
                try {
                    Items.of(Numpy.open(file, Items.WANTED));
                } catch (UserError e) {
                    assertThat(e).message().hasLineCount(1).contains(file.toString());
                }
            }
        }
    }

    @Test
    void itsIdentityChangesWithTheFile() throws IOException {
        List<String> before = Items.identity(fixture("grey.npy"));
        assertThat(before).contains("grey.npy", "158");
        assertThat(Items.identity(Numpy.open(file("grey.npy", bytes("grey-1.npy")), Items.WANTED)))
                .isNotEqualTo(before);
    }
}
