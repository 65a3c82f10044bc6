package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of MNIST's kind, whole and otherwise. */
class IdxTest {
    private static final byte[] GREY = idx(new int[] {3, 2, 4}, Items.counting(24));
    private static final byte[] LABELS = idx(new int[] {3}, new byte[] {7, 0, (byte) 200});

    private final Path folder;

    IdxTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A header and what follows. */
    private static byte[] idx(int[] sizes, byte[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * sizes.length + values.length);
        bytes.put(new byte[] {0, 0, 8, (byte) sizes.length});
        for (int size : sizes) {
            bytes.putInt(size);
        }
        return bytes.put(values).array();
    }

    private static byte[] gzip(byte[]... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] member : members) {
            try (OutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(member);
            }
        }
        return bytes.toByteArray();
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private void refuses(byte[] bytes, String... words) throws IOException {
        for (byte[] form : List.of(bytes, gzip(bytes))) {
            Path file = file("broken", form);
            Complaint.of(() -> Items.of(Idx.open(file, Items.WANTED)))
                    .contains("broken")
                    .contains(words);
        }
    }

    @Test
    void picturesComeInOrder() throws Exception {
        Source source = Idx.open(file("digits", GREY), Items.WANTED);
        assertThat(source.name()).isEqualTo("digits");
        assertThat(source.count()).isEqualTo(3);
        List<Item> items = Items.of(source);
        assertThat(items).extracting(Item::name).containsExactly("0", "1", "2");
        assertThat(items).extracting(Item::label).containsOnlyNulls();
        assertThat(Items.picture(items.get(1)).pixels()).containsExactly(8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(Items.picture(items.get(1)).height()).isEqualTo(2);
        assertThat(Items.picture(items.get(1)).width()).isEqualTo(4);
        assertThat(Items.of(source)).hasSize(3); // again
    }

    @ParameterizedTest
    @CsvSource({
        "train-images-idx3-ubyte, train-labels-idx1-ubyte",
        "train-images-idx3-ubyte.gz, train-labels-idx1-ubyte",
        "train-images-idx3-ubyte, train-labels-idx1-ubyte.gz",
        "train-images.idx3-ubyte, train-labels.idx1-ubyte",
        "train-images.idx3-ubyte, train-labels-idx1-ubyte.gz",
        "числа-images-idx3-ubyte, числа-labels-idx1-ubyte",
        "images-idx3-ubyte, labels-idx1-ubyte",
    })
    void labelsAreFoundByTheirName(String images, String labels) throws IOException {
        Items.assumeThatFilesCanBeNamed(images);
        Path file = file(images, images.endsWith(".gz") ? gzip(GREY) : GREY);
        file(labels, labels.endsWith(".gz") ? gzip(LABELS) : LABELS);
        assertThat(Items.of(Idx.open(file, Items.WANTED)))
                .extracting(Item::label)
                .containsExactly("7", "0", "200");
    }

    @Test
    void notTheNameButTheBytesTellGzip() throws IOException {
        assertThat(Items.of(Idx.open(file("plain.gz", GREY), Items.WANTED))).hasSize(3);
        byte[] first = Arrays.copyOf(GREY, 20);
        byte[] second = Arrays.copyOfRange(GREY, 20, GREY.length);
        assertThat(Items.of(Idx.open(file("two-members", gzip(first, second)), Items.WANTED)))
                .hasSize(3);
    }

    @Test
    void colourIsReadWithItsChannelsLastOrSecond() throws Exception {
        Path last = file("last", idx(new int[] {1, 1, 2, 3}, Items.counting(6)));
        assertThat(Items.picture(Items.of(Idx.open(last, Items.WANTED)).get(0)).pixels())
                .containsExactly(0, 1, 2, 3, 4, 5);
        Path second = file("second", idx(new int[] {1, 3, 1, 2}, Items.counting(6)));
        assertThat(Items.picture(Items.of(Idx.open(second, Items.WANTED)).get(0))
                        .pixels())
                .containsExactly(0, 2, 4, 1, 3, 5);
    }

    @Test
    void streamsAreReadAsFilesAre() {
        Source source = Idx.of("mnist", () -> mnist("images-idx3"), () -> mnist("labels-idx1"), Items.WANTED);
        assertThat(source.name()).isEqualTo("mnist");
        assertThat(source.count()).isEqualTo(10_000);
        List<Item> items = Items.of(source);
        assertThat(items).hasSize(10_000);
        assertThat(items.subList(0, 6)).extracting(Item::label).containsExactly("7", "2", "1", "0", "4", "1");
        assertThat(Items.identity(source)).containsExactly("mnist", "10000×28×28");
    }

    private static InputStream mnist(String part) {
        String name = "/io/gander/data/mnist/t10k-" + part + "-ubyte.gz";
        return Objects.requireNonNull(IdxTest.class.getResourceAsStream(name));
    }

    @Test
    void itsIdentityChangesWithItsFiles() throws IOException {
        Path images = file("a-images-idx3-ubyte", GREY);
        List<String> alone = Items.identity(Idx.open(images, Items.WANTED));
        assertThat(Items.identity(Idx.open(images, Items.WANTED))).isEqualTo(alone);
        file("a-labels-idx1-ubyte", LABELS);
        assertThat(Items.identity(Idx.open(images, Items.WANTED)))
                .isNotEqualTo(alone)
                .contains("a-labels-idx1-ubyte", "11");
    }

    @Test
    void aFileCutShortAnywhereIsRefused() throws IOException {
        for (int length = 0; length < GREY.length; length++) {
            Path plain = file("plain", Arrays.copyOf(GREY, length));
            Complaint.of(() -> Items.of(Idx.open(plain, Items.WANTED))).contains("plain");
        }
        byte[] zipped = gzip(GREY);
        for (int length = 0; length < zipped.length; length++) {
            Path cut = file("cut", Arrays.copyOf(zipped, length));
            Complaint.of(() -> Items.of(Idx.open(cut, Items.WANTED))).contains("cut");
        }
    }

    @Test
    void numbersThatDoNotAgreeAreSaid() throws IOException {
        refuses(idx(new int[] {60_000, 2, 4}, Items.counting(24)), "after 3 examples", "promises 60000");
        refuses(Arrays.copyOf(GREY, GREY.length + 1), "goes on after the 3 examples");
        refuses(idx(new int[] {0, 28, 28}, new byte[0]), "0×28×28");
        refuses(idx(new int[] {5, 0, 28}, new byte[0]), "5×0×28");
        refuses(idx(new int[] {5, 784}, new byte[5 * 784]), "5×784");
        refuses(idx(new int[] {}, new byte[9]), "no dimension");
        refuses(idx(new int[] {-1, -1, -1}, new byte[9]), "4294967295×4294967295×4294967295");
        refuses(idx(new int[] {1, 1 << 31, 1 << 31}, new byte[9]), "1×2147483648×2147483648");
        refuses(idx(new int[] {1 << 31, 8192, 8192}, new byte[9]), "after 0 examples");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        refuses("<html>no such page</html>".getBytes(StandardCharsets.UTF_8), "not an IDX file");
        byte[] floats = GREY.clone();
        floats[2] = 0x0d;
        refuses(floats, "type 13");
        Complaint.of(() -> Idx.open(folder.resolve("none"), Items.WANTED))
                .contains("cannot read", "no such file", "none");
        Complaint.of(() -> Idx.open(folder, Items.WANTED)).contains("cannot read", "it is a folder");
    }

    @Test
    void labelsThatDoNotFitAreRefused() throws IOException {
        Path images = file("a-images-idx3-ubyte", GREY);
        file("a-labels-idx1-ubyte", idx(new int[] {2}, new byte[] {7, 0}));
        Complaint.of(() -> Idx.open(images, Items.WANTED)).contains("a-labels", "3 examples", "an array of 2,");
        file("a-labels-idx1-ubyte", idx(new int[] {3}, new byte[] {7, 0}));
        Complaint.of(() -> Items.of(Idx.open(images, Items.WANTED))).contains("a-labels", "after 2 examples");
        file("a-labels-idx1-ubyte", idx(new int[] {3}, new byte[] {7, 0, 1, 1}));
        Complaint.of(() -> Items.of(Idx.open(images, Items.WANTED))).contains("a-labels", "goes on");
        file("a-labels-idx1-ubyte", GREY);
        Complaint.of(() -> Idx.open(images, Items.WANTED)).contains("a-labels", "3×2×4");
    }

    /** A hundred kilobytes of gzip that hold a hundred megabytes and claim to hold a hundred terabytes. */
    @Test
    void aBombIsReadInLittleMemory() throws IOException {
        Path bomb = folder.resolve("bomb");
        int count = 100_000_000;
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            gzip.write(idx(new int[] {count, 1024, 1024}, new byte[0]));
            byte[] picture = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(picture);
            }
        }
        Complaint.of(() -> Idx.open(bomb, Items.WANTED).forEach(item -> {})).contains("bomb", "after 100 examples");
    }
}
