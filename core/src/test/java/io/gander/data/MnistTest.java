package io.gander.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.layer.Shape;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MnistTest {
    /** Magic number, count, rows, columns. */
    private static final int IDX_HEADER = 16;

    private static final Dataset DIGITS =
            Datasets.open(Gander.recipe("mnist-mlp").data(), DataListener.SILENT, () -> false);

    @Test
    void holdsSixtyThousandGreyDigits() {
        assertThat(DIGITS.count()).isEqualTo(60_000);
        assertThat(DIGITS.codec().shape()).isEqualTo(Shape.of(1, 28, 28));
        assertThat(DIGITS.codec().bytes()).isEqualTo(784);
        assertThat(DIGITS.name()).isEqualTo("mnist");
    }

    @Test
    void theFingerprintIsThatOfThePixelsInTheFile() throws IOException, NoSuchAlgorithmException {
        byte[] file = unpacked("train-images-idx3-ubyte");
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(file, IDX_HEADER, file.length - IDX_HEADER);

        assertThat(DIGITS.fingerprint()).isEqualTo(HexFormat.of().formatHex(sha256.digest()));
    }

    @Test
    void readsAPictureToItsPlace() throws IOException {
        byte[] file = unpacked("train-images-idx3-ubyte");
        byte[] target = new byte[10 + 784 + 10];
        Arrays.fill(target, (byte) 77);

        DIGITS.read(59_999, target, 10);

        assertThat(Arrays.copyOfRange(target, 10, 794))
                .isEqualTo(Arrays.copyOfRange(file, file.length - 784, file.length));
        assertThat(Arrays.copyOfRange(target, 0, 10)).containsOnly(77);
        assertThat(Arrays.copyOfRange(target, 794, 804)).containsOnly(77);
    }

    @Test
    void hasALabelForEveryDigit() throws IOException {
        try (DataInputStream labels = new DataInputStream(open("train-labels-idx1-ubyte"))) {
            assertThat(labels.readInt()).isEqualTo(0x00000801);
            assertThat(labels.readInt()).isEqualTo(DIGITS.count());
            byte[] classes = labels.readAllBytes();
            assertThat(classes).hasSize(DIGITS.count());
            assertThat(Arrays.copyOf(classes, 10)).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
            for (int i = 0; i < classes.length; i++) {
                assertThat(DIGITS.labels().get(DIGITS.label(i))).isEqualTo(String.valueOf(classes[i]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
                "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte"
            })
    void theJarHoldsTheFilesThatNoticeSpeaksOf(String name) throws IOException, NoSuchAlgorithmException {
        Matcher line = Pattern.compile(name + "\\s+([0-9a-f]{64})").matcher(notice());

        assertThat(line.find()).as("NOTICE names %s", name).isTrue();
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(unpacked(name));
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(line.group(1));
    }

    private static byte[] unpacked(String name) throws IOException {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String name) throws IOException {
        InputStream packed = MnistTest.class.getResourceAsStream("/io/gander/data/mnist/" + name + ".gz");
        return new GZIPInputStream(Objects.requireNonNull(packed, name), 1 << 16);
    }

    /** The file at the repository's root; tests run in the module's folder. */
    private static String notice() throws IOException {
        return Files.readString(Path.of("..", "NOTICE"), US_ASCII);
    }
}
