package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.image.Bitmap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Both sets in their three forms, with pictures of one colour each. */
class CifarTest {
    private static final String NAMES_10 =
            "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n"; // as the original has it

    private final Path folder;

    CifarTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** A picture of CIFAR-10 whose planes are red, red+1 and red+2. */
    private static byte[] row(int label, int red) {
        byte[] row = new byte[3073];
        row[0] = (byte) label;
        for (int i = 0; i < 3072; i++) {
            row[1 + i] = (byte) (red + i / 1024);
        }
        return row;
    }

    private static byte[] row(int coarse, int fine, int red) {
        return join(new byte[] {(byte) coarse}, row(fine, red));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> ten() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("data_batch_1.bin", join(row(3, 10), row(9, 20)));
        files.put("batches.meta.txt", utf8(NAMES_10));
        for (int i = 5; i > 1; i--) {
            files.put("data_batch_" + i + ".bin", row(i, 10 * i));
        }
        files.put("test_batch.bin", row(1, 200));
        files.put("readme.html", utf8("<html>"));
        return files;
    }

    private static Map<String, byte[]> hundred() {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            names.append("class ").append(i).append("\r\n");
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("train.bin", join(row(19, 99, 1), row(0, 20, 2)));
        files.put("test.bin", row(1, 2, 200));
        files.put("fine_label_names.txt", utf8(names.toString()));
        files.put("coarse_label_names.txt", utf8("a\n"));
        return files;
    }

    private Path unpacked(Map<String, byte[]> files) throws IOException {
        Path unpacked = Files.createTempDirectory(folder, "unpacked");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(unpacked.resolve(file.getKey()), file.getValue());
        }
        return unpacked;
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            tar.putArchiveEntry(new TarArchiveEntry("cifar/"));
            tar.closeArchiveEntry();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry("cifar/" + file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private Path packed(Map<String, byte[]> files) throws IOException {
        return Files.write(folder.resolve("cifar.tar.gz"), gzip(tar(files)));
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    @Test
    void aFolderIsReadBatchByBatch() throws Exception {
        Source source = Cifar.open(unpacked(ten()));
        assertThat(source.name()).startsWith("unpacked");
        assertThat(source.count()).isEqualTo(6);
        List<Item> items = Items.of(source);
        assertThat(items)
                .extracting(Item::name)
                .containsExactly(
                        "data_batch_1/0",
                        "data_batch_1/1",
                        "data_batch_2/0",
                        "data_batch_3/0",
                        "data_batch_4/0",
                        "data_batch_5/0");
        assertThat(items).extracting(Item::label).containsExactly("cat", "truck", "bird", "cat", "deer", "dog");
        Bitmap picture = Items.picture(items.get(1));
        assertThat(picture.pixels()).hasSize(3072).startsWith(20, 21, 22, 20, 21, 22);
        assertThat(List.of(picture.channels(), picture.height(), picture.width()))
                .containsExactly(3, 32, 32);
    }

    @Test
    void theOriginalArchiveNeedsNoUnpacking() throws Exception {
        Source ten = Cifar.open(packed(ten()));
        assertThat(ten.name()).isEqualTo("cifar.tar.gz");
        assertThat(ten.count()).isEqualTo(6);
        assertThat(Items.of(ten)).extracting(Item::label).containsExactly("cat", "truck", "dog", "deer", "cat", "bird");
        Source hundred = Cifar.open(packed(hundred()));
        assertThat(Items.of(hundred)).extracting(Item::label).containsExactly("class 99", "class 20");
        assertThat(Items.picture(Items.of(hundred).get(1)).pixels()).startsWith(2, 3, 4);
    }

    @Test
    void theArchiveMayBeUnzippedToo() throws IOException {
        Path tar = file("cifar-10-binary.tar", tar(ten()));

        assertThat(Items.of(Sources.open("data.path", tar, Items.WANTED)))
                .hasSize((int) Cifar.open(packed(ten())).count());
    }

    /** It takes a second, and what was decoded before is to be found at once. */
    @Test
    void anArchiveIsNotLookedIntoToTellWhetherItChanged() throws IOException {
        byte[] whole = gzip(tar(ten()));
        Path cut = file("cut.tar.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThat(Items.identity(Cifar.open(cut))).contains("cut.tar.gz");
    }

    @Test
    void ofAHundredClassesTheFineLabelCounts() throws IOException {
        Source source = Cifar.open(unpacked(hundred()));
        assertThat(source.count()).isEqualTo(2);
        assertThat(Items.of(source)).extracting(Item::name).containsExactly("train/0", "train/1");
        assertThat(Items.of(source)).extracting(Item::label).containsExactly("class 99", "class 20");
    }

    @Test
    void oneFileIsEnough() throws IOException {
        assertThat(Items.of(Cifar.open(file("one.bin", row(3, 1)))))
                .extracting(Item::label)
                .containsExactly("3");
        assertThat(Items.of(Cifar.open(file("x.bin", row(3, 42, 1)))))
                .extracting(Item::label)
                .containsExactly("42");
        file("batches.meta.txt", utf8(NAMES_10));
        assertThat(Items.of(Cifar.open(file("test_batch.bin", row(3, 1)))))
                .extracting(Item::label)
                .containsExactly("cat");
    }

    @Test
    void classNamesAreOptionalButWholeIfGiven() throws IOException {
        Map<String, byte[]> files = ten();
        files.remove("batches.meta.txt");
        assertThat(Items.of(Cifar.open(packed(files)))).extracting(Item::label).startsWith("3", "9");
        files.put("batches.meta.txt", utf8("cat\ndog\n"));
        Path packed = packed(files);
        Complaint.of(() -> Cifar.open(packed).count()).contains("names 2 classes", "CIFAR-10 has 10");
    }

    @Test
    void wrongLengthsAreSaid() throws IOException {
        Path cut = file("cut.bin", Arrays.copyOf(row(3, 1), 3000));
        Complaint.of(() -> Cifar.open(cut).count()).contains("3000 bytes", "3073");
        Path empty = file("empty.bin", new byte[0]);
        Complaint.of(() -> Cifar.open(empty).count()).contains("0 bytes");
        Map<String, byte[]> files = ten();
        files.put("data_batch_4.bin", new byte[3074]);
        Path unpacked = unpacked(files);
        Complaint.of(() -> Cifar.open(unpacked).count()).contains("data_batch_4.bin has 3074 bytes");
        Path packed = packed(files);
        Complaint.of(() -> Cifar.open(packed).count()).contains("data_batch_4.bin has 3074 bytes");
    }

    @Test
    void missingPartsAreNamed() throws IOException {
        Map<String, byte[]> files = ten();
        files.remove("data_batch_2.bin");
        files.remove("data_batch_5.bin");
        Path unpacked = unpacked(files);
        Complaint.of(() -> Cifar.open(unpacked).count())
                .contains("lacks data_batch_2.bin, data_batch_5.bin of CIFAR-10");
        Path packed = packed(files);
        Complaint.of(() -> Cifar.open(packed).count()).contains("lacks data_batch_2.bin");
        Path other = packed(Map.of("photo.jpg", new byte[100]));
        Complaint.of(() -> Cifar.open(other).count()).contains("neither", "train.bin");
        Complaint.of(() -> Cifar.open(folder.resolve("none")).count()).contains("cannot read", "no such file");
        Path names = file("batches.meta.txt", utf8(NAMES_10));
        Complaint.of(() -> Cifar.open(names).count()).contains("batches.meta.txt");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aDeviceIsRefused() {
        Complaint.of(() -> Cifar.open(Path.of("/dev/null")).count()).contains("not a plain file");
    }

    @Test
    void aClassThatCannotBeIsRefused() throws IOException {
        Path strange = file("strange.bin", join(row(3, 1), row(10, 1)));
        Complaint.of(() -> Items.of(Cifar.open(strange))).contains("picture 1 of strange.bin has the class 10");
    }

    @Test
    void anArchiveCutShortAnywhereIsRefused() throws IOException {
        byte[] whole = gzip(tar(ten()));
        for (int length = 2; length < whole.length; length++) {
            Path cut = file("cut.tar.gz", Arrays.copyOf(whole, length));
            Complaint.of(() -> Cifar.open(cut).count()).contains("cut.tar.gz");
        }
        byte[] tar = tar(Map.of("train.bin", row(1, 2, 3)));
        for (int length = 0; length < 512 + 512 + 3074; length += 50) { // the folder, a header, its bytes
            Path cut = file("cut.tar.gz", gzip(Arrays.copyOf(tar, length)));
            Complaint.of(() -> Cifar.open(cut).count()).contains("cut.tar.gz");
        }
    }

    @Test
    void aPartThatComesTwiceIsRefused() throws IOException {
        byte[] tar = tar(hundred());
        byte[] twice = join(Arrays.copyOf(tar, 512 + 512 + 6656), Arrays.copyOfRange(tar, 512, tar.length));
        Path packed = file("twice.tar.gz", gzip(twice));
        Complaint.of(() -> Cifar.open(packed).count()).contains("train.bin twice");
    }

    /** Tar tells names longer than a hundred bytes in an entry of their own, which a reader holds in memory. */
    @Test
    void aNameOfGigabytesIsNotRead() throws IOException {
        Path bomb = folder.resolve("bomb.tar.gz");
        TarArchiveEntry name = new TarArchiveEntry("././@LongLink", (byte) 'L');
        name.setSize(3L << 30);
        byte[] header = new byte[512];
        name.writeEntryHeader(header);
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            gzip.write(header);
            for (int i = 0; i < 64; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        Complaint.of(() -> Cifar.open(bomb).count()).contains("bomb.tar.gz", "name has no end");
    }

    @Test
    void itsIdentityChangesWithItsFiles() throws IOException {
        Path unpacked = unpacked(ten());
        List<String> before = Items.identity(Cifar.open(unpacked));
        assertThat(Items.identity(Cifar.open(unpacked))).isEqualTo(before);
        Files.write(unpacked.resolve("data_batch_3.bin"), join(row(1, 1), row(1, 1)));
        assertThat(Items.identity(Cifar.open(unpacked))).isNotEqualTo(before).contains("data_batch_3.bin", "6146");
        assertThat(Items.identity(Cifar.open(packed(ten())))).contains("cifar.tar.gz");
    }
}
