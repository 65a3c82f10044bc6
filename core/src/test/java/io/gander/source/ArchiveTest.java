package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.Complaint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final byte[] RED = Pngs.plain(4, 4, 0xFF0000);
    private static final byte[] BLUE = Pngs.plain(4, 4, 0x0000FF);

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder(@TempDir Path fresh) {
        folder = fresh;
    }

    @ParameterizedTest
    @ValueSource(strings = {"set.zip", "set.tar", "set.tar.gz", "SET.TGZ", "set.tar.bz2"})
    void readsPicturesWithoutUnpacking(String name) throws Exception {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("set/README.txt", new byte[10]);
        entries.put("set/cats/猫.png", RED);
        entries.put("set/dogs/b.png", BLUE);
        entries.put("__MACOSX/set/cats/._猫.png", new byte[5]);
        Path archive = write(name, entries);

        Source source = Sources.open("data.path", archive, Items.WANTED);
        List<Item> items = Items.of(source);

        assertThat(items.stream().map(Item::name)).containsExactly("set/cats/猫.png", "set/dogs/b.png");
        assertThat(items.stream().map(Item::label)).containsExactly("cats", "dogs");
        assertThat(Items.pictures(items.get(0)).get(0).pixels()).startsWith(255, 0, 0);
        assertThat(Items.pictures(items.get(1)).get(0).pixels()).startsWith(0, 0, 255);
        assertThat(source.name()).isEqualTo(name);
        assertThat(source.count()).isIn(2L, -1L);
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(archive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"set.zip", "set.tar.gz"})
    void aPathMayLeadOnIntoTheArchive(String name) throws IOException {
        Path archive = write(name, Map.of("set/train/a.png", RED, "set/test/b.png", BLUE));

        Source source = Sources.open("data.path", archive.resolve("set/train"), Items.WANTED);

        assertThat(Pngs.names(source)).containsExactly("a.png");
        assertThat(source.name()).isEqualTo(name + "/set/train");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.zip", "evil.tar"})
    void namesThatLeadOutOfTheArchiveAreOnlyNames(String name) throws Exception {
        Path archive = write(name, Map.of("../../outside.png", RED, "/etc/absolute.png", BLUE));

        List<Item> items = Items.of(Sources.open("data.path", archive, Items.WANTED));

        assertThat(items).hasSize(2);
        for (Item item : items) {
            assertThat(Items.pictures(item)).hasSize(1);
        }
        assertThat(folder.resolve("../../outside.png")).doesNotExist();
    }

    @Test
    void linksInATarAreNotFollowed() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry link = new TarArchiveEntry("passwd.png", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        Path archive = Files.write(folder.resolve("links.tar"), bytes.toByteArray());

        assertThat(Pngs.names(Sources.open("data.path", archive, Items.WANTED))).isEmpty();
    }

    @Test
    void aDamagedEntryOfAZipIsABrokenExample() throws IOException {
        Path archive = write("set.zip", Map.of("a.png", RED));
        byte[] bytes = Files.readAllBytes(archive);
        Arrays.fill(bytes, 45, 60, (byte) 0x55); // in the compressed bytes
        Files.write(archive, bytes);

        List<Item> items = Items.of(Sources.open("data.path", archive, Items.WANTED));

        assertThat(items).hasSize(1);
        assertThatThrownBy(() -> Items.pictures(items.get(0))).isInstanceOf(io.gander.error.BrokenExample.class);
    }

    @Test
    void anEncryptedEntryIsABrokenExample() throws IOException {
        Path archive = write("set.zip", Map.of("a.png", RED));
        byte[] bytes = Files.readAllBytes(archive);
        for (int i = 0; i < bytes.length - 10; i++) {
            boolean local = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 3;
            boolean central = bytes[i] == 'P' && bytes[i + 1] == 'K' && bytes[i + 2] == 1;
            if (local || central) {
                bytes[i + (local ? 6 : 8)] |= 1; // the flag for encryption
            }
        }
        Files.write(archive, bytes);

        List<Item> items = Items.of(Sources.open("data.path", archive, Items.WANTED));

        assertThatThrownBy(() -> Items.pictures(items.get(0))).hasMessageContaining("encrypted");
    }

    /** A megabyte of archive for a gigabyte of picture. */
    @Test
    void aDecompressionBombIsOneBrokenExample() throws Exception {
        Path archive = folder.resolve("bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("bomb.png"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("good.png"));
            zip.write(RED);
        }

        List<Item> items = Items.of(Sources.open("data.path", archive, Items.WANTED));

        assertThatThrownBy(() -> Items.pictures(items.get(0))).hasMessageContaining("has more than 256 MB");
        assertThat(Items.pictures(items.get(1))).hasSize(1);
    }

    /** Tar tells names longer than a hundred bytes in an entry of their own, which a reader holds in memory. */
    @Test
    void aNameOfGigabytesIsNotRead() throws IOException {
        TarArchiveEntry name = new TarArchiveEntry("././@LongLink", (byte) 'L');
        name.setSize(3L << 30);
        byte[] header = new byte[512];
        name.writeEntryHeader(header);
        Path bomb = folder.resolve("bomb.tar.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(bomb), 1 << 16)) {
            gzip.write(header);
            for (int i = 0; i < 16; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }

        Complaint.of(() -> Items.of(Sources.open("data.path", bomb, Items.WANTED)))
                .contains("name has no end");
    }

    @Test
    void aLargeFileBetweenThePicturesOfATarIsPassedOver() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a.png", RED);
        entries.put("film.mp4", new byte[3 << 20]);
        entries.put("b.png", BLUE);

        assertThat(Pngs.names(Sources.open("data.path", write("set.tar", entries), Items.WANTED)))
                .containsExactly("a.png", "b.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set.zip", "set.tar", "set.tar.gz", "set.tar.bz2"})
    void anArchiveThatIsCutOffSaysSo(String name) throws IOException {
        Path archive = write(name, Map.of("a.png", Pngs.plain(64, 64, 0x123456), "b.png", BLUE));
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, name.equals("set.tar") ? 700 : bytes.length / 2));

        Complaint.of(() -> Items.of(Sources.open("data.path", archive, Items.WANTED)))
                .contains("the archive '" + archive + "' cannot be read")
                .contains("fetch it again");
    }

    @Test
    void whatIsNoArchiveSaysSo() throws IOException {
        Path archive = Files.writeString(folder.resolve("set.zip"), "<html>not found</html>");

        Complaint.of(() -> Items.of(Sources.open("data.path", archive, Items.WANTED)))
                .contains("cannot be read");
    }

    private Path write(String name, Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve(name);
        String lower = name.toLowerCase(java.util.Locale.ROOT);
        try (OutputStream out = Files.newOutputStream(file)) {
            if (lower.endsWith(".zip")) {
                zip(out, entries);
            } else if (lower.endsWith("gz")) {
                tar(new GZIPOutputStream(out), entries);
            } else if (lower.endsWith("bz2")) {
                tar(new BZip2CompressorOutputStream(out), entries);
            } else {
                tar(out, entries);
            }
        }
        return file;
    }

    private static void zip(OutputStream out, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }

    private static void tar(OutputStream out, Map<String, byte[]> entries) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                TarArchiveEntry header = new TarArchiveEntry(entry.getKey(), true);
                header.setSize(entry.getValue().length);
                tar.putArchiveEntry(header);
                tar.write(entry.getValue());
                tar.closeArchiveEntry();
            }
        }
    }
}
