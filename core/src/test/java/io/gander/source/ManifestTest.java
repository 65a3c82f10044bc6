package io.gander.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gander.Raw;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of pictures as people and spreadsheets write them. */
class ManifestTest {
    private final Path folder;

    ManifestTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path list(String text) throws IOException {
        return Files.writeString(folder.resolve("list.csv"), text);
    }

    private List<Item> items(String text) throws IOException {
        return Items.of(Manifest.open(list(text)));
    }

    /** A picture file of the given width. */
    private Path picture(String name, int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, 2, BufferedImage.TYPE_INT_RGB), "png", bytes);
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes.toByteArray());
    }

    private AbstractThrowableAssert<?, ?> broken(Item item, BrokenExample.Kind kind) {
        return assertThatThrownBy(() -> Items.pictures(item))
                .isInstanceOfSatisfying(
                        BrokenExample.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path,label\na/1.png,cat\n2.png,dog\n",
                "path,label\r\na/1.png,cat\r\n2.png,dog\r\n",
                "path,label\na/1.png,cat\n2.png,dog", // without a last line's end
                "\ufeffpath,label\na/1.png,cat\n2.png,dog\n",
                "path;label\na/1.png;cat\n2.png;dog\n",
                "path\tlabel\na/1.png\tcat\n2.png\tdog\n",
                "label,path\ncat,a/1.png\ndog,2.png\n",
                "\"path\",\"label\"\n\"a/1.png\",\"cat\"\n2.png,dog\n",
                "\"path\";\"label\"\n\"a/1.png\";\"cat\"\n2.png;dog\n",
                "\"id, of ours\",label,note,path\n1,cat,,a/1.png\n2,dog,\"two\nlines\",2.png\n",
                " Path , LABEL \na/1.png,cat \n2.png, dog\n",
                "\npath,label\n\na/1.png,cat\n\r\n2.png,dog\n\n",
            })
    void listsAreReadHoweverTheyAreWritten(String text) throws Exception {
        picture("a/1.png", 3);
        picture("2.png", 4);
        Source source = Manifest.open(list(text));
        assertThat(source.name()).isEqualTo("list.csv");
        assertThat(source.count()).isEqualTo(2);
        List<Item> items = Items.of(source);
        assertThat(items).extracting(Item::name).containsExactly("a/1.png", "2.png");
        assertThat(items).extracting(Item::label).containsExactly("cat", "dog");
        assertThat(Items.picture(items.get(0)).width()).isEqualTo(3);
        assertThat(Items.picture(items.get(1)).width()).isEqualTo(4);
    }

    @Test
    void listsOfWindowsAreRead() throws Exception {
        picture("img/a.png", 3);
        picture("b.png", 4);
        List<Item> items = items("path,second\r\nimg\\a.png,b.png \r\n b.png,.\\img\\a.png\r\n");
        assertThat(Items.pictures(items.get(0)))
                .extracting(picture -> picture.width())
                .containsExactly(3, 4);
        assertThat(Items.pictures(items.get(1)))
                .extracting(picture -> picture.width())
                .containsExactly(4, 3);
    }

    @Test
    void aNameThatHasABackslashIsThatName() throws Exception {
        assumeTrue(File.separatorChar == '/');
        picture("a\\b.png", 3);
        assertThat(Items.picture(items("path\na\\b.png\n").get(0)).width()).isEqualTo(3);
    }

    @Test
    void labelsAreOptional() throws IOException {
        assertThat(items("path\n1.png\n")).extracting(Item::label).containsOnlyNulls();
        assertThat(items("path,label\n1.png,\n")).extracting(Item::label).containsOnlyNulls();
    }

    @Test
    void pathsMayBeAbsoluteAndOfAnyScript() throws Exception {
        String name = "кошка, 猫 🐈.png";
        Items.assumeThatFilesCanBeNamed(name);
        Path outside = picture("elsewhere/" + name, 5);
        List<Item> items = items("path,label\n\"" + outside + "\",\"a \"\"猫\"\"\"\nelsewhere/../2.png,ねこ\n");
        assertThat(items).extracting(Item::label).containsExactly("a \"猫\"", "ねこ");
        assertThat(Items.picture(items.get(0)).width()).isEqualTo(5);
        picture("2.png", 6); // opened only when it is decoded
        assertThat(Items.picture(items.get(1)).width()).isEqualTo(6);
    }

    @Test
    void pairsHaveTwoPictures() throws Exception {
        picture("1.png", 3);
        picture("a.png", 4);
        Files.writeString(folder.resolve("noise.png"), "noise");
        List<Item> items = items("path,second\n1.png,a.png\n1.png,none.png\n1.png,noise.png\n1.png,\n");
        assertThat(Items.pictures(items.get(0)))
                .extracting(picture -> picture.width())
                .containsExactly(3, 4);
        broken(items.get(1), BrokenExample.Kind.UNREADABLE).hasMessageContainingAll("partner", "none.png", "not exist");
        assertThatThrownBy(() -> Raw.pictures(2, 3, 4).encode(items.get(2).contents()))
                .hasMessageContainingAll("partner", "noise.png");
        broken(items.get(3), BrokenExample.Kind.NO_PARTNER).hasMessageContaining("list.csv:5");
    }

    @Test
    void filesThatCannotBeReadAreBrokenOnes() throws IOException {
        Files.createDirectory(folder.resolve("folder.png"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("large.png").toFile(), "rw")) {
            sparse.setLength((1L << 28) + 1);
        }
        Files.createFile(folder.resolve("empty.png"));
        List<Item> items = items("path\nnone.png\nfolder.png\nlarge.png\nempty.png\nempty.png/1.png\n/dev/zero\n");
        broken(items.get(0), BrokenExample.Kind.UNREADABLE).hasMessage("does not exist");
        broken(items.get(1), BrokenExample.Kind.UNREADABLE).hasMessage("is a folder");
        broken(items.get(2), BrokenExample.Kind.TOO_LARGE).hasMessageContaining("256 MB");
        broken(items.get(3), BrokenExample.Kind.UNKNOWN_FORMAT);
        broken(items.get(4), BrokenExample.Kind.UNREADABLE);
        broken(items.get(5), BrokenExample.Kind.UNREADABLE);
    }

    @Test
    void pathsThatCannotBeAreBrokenOnes() throws IOException {
        List<Item> items = items(
                "path\nfile:///a/b.png\nhttps://example.org/b.png\na\0b.png\n\" \"\n" + "x".repeat(5000) + ".png\n");
        broken(items.get(0), BrokenExample.Kind.UNREADABLE);
        broken(items.get(1), BrokenExample.Kind.UNREADABLE);
        broken(items.get(2), BrokenExample.Kind.UNREADABLE).hasMessageContaining("not possible");
        assertThat(items.get(2).name()).isEqualTo("list.csv:4");
        broken(items.get(3), BrokenExample.Kind.UNREADABLE).hasMessage("names no picture");
        assertThat(items.get(3).name()).isEqualTo("list.csv:5");
        broken(items.get(4), BrokenExample.Kind.UNREADABLE);
    }

    @Test
    void aLineWithTooFewFieldsIsABrokenOne() throws IOException {
        Source source = Manifest.open(list("id,path,label\n1,\"a\nb.png\",cat\n\n2,b.png\n3,c.png,dog,surplus\n"));
        assertThat(source.count()).isEqualTo(3);
        List<Item> items = Items.of(source);
        assertThat(items).extracting(Item::name).containsExactly("a\nb.png", "list.csv:5", "c.png");
        broken(items.get(1), BrokenExample.Kind.UNREADABLE).hasMessage("has 2 fields, not 3");
    }

    @Test
    void whatIsNoListIsRefused() throws IOException {
        refuses("", "no column 'path'", "path,label");
        refuses("\n\n", "no column 'path'");
        refuses("file,label\na.png,cat\n", "no column 'path'");
        refuses("path,label,path\na,b,c\n", "two columns 'path'");
        refuses("path;label;label\na;b;c\n", "two columns 'label'");
        refuses("path,label\n", "lists no picture");
        refuses("path,label\na.png,\"cat\nb.png,dog\n", "quote", "twice");
        refuses("path,label\na.png,cat\nb.png,\"d\"og\n", "line 3", "quote");
        Complaint.of(() -> Manifest.open(folder.resolve("none.csv"))).contains("cannot read", "no such file");
        Complaint.of(() -> Manifest.open(folder)).contains("cannot read", "it is a folder");
    }

    private void refuses(String text, String... words) throws IOException {
        Path list = list(text);
        Complaint.of(() -> Items.of(Manifest.open(list)))
                .contains(list.toString())
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE"})
    void otherEncodingsAreRefused(String charset) throws IOException {
        Path list = folder.resolve("list.csv");
        Files.writeString(list, "path,label\nMünze.png,Währung\n", Charset.forName(charset));
        Complaint.of(() -> Items.of(Manifest.open(list))).contains(list.toString());
    }

    /** A quote that is never closed makes one field of all that follows. */
    @Test
    void anEndlessLineIsNotHeldInMemory() throws IOException {
        Path list = folder.resolve("endless.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(list)) {
            writer.write("path,label\n1.png,\"cat\n");
            for (int i = 0; i < 50; i++) {
                writer.write("x".repeat(1 << 20));
            }
        }
        Complaint.of(() -> Manifest.open(list)).contains("endless.csv", "quote");
    }

    @Test
    void aMillionLinesAreReadInLittleMemory() throws IOException {
        Path list = folder.resolve("long.csv");
        try (BufferedWriter writer = Files.newBufferedWriter(list, StandardCharsets.UTF_8)) {
            writer.write("path,label\n");
            for (int i = 0; i < 1_000_000; i++) {
                writer.write("a/folder/of/many/pictures/" + i + ".png," + i % 10 + "\n");
            }
        }
        Source source = Manifest.open(list);
        assertThat(source.count()).isEqualTo(1_000_000);
        long before = bytesInUse();
        AtomicLong read = new AtomicLong();
        AtomicLong most = new AtomicLong();
        source.forEach(item -> {
            if (read.incrementAndGet() % 300_000 == 0) {
                most.accumulateAndGet(bytesInUse() - before, Math::max);
            }
        });
        assertThat(read).hasValue(1_000_000);
        assertThat(most).as("bytes more than before").hasValueLessThan(20L << 20); // 300,000 items alone take more
    }

    private static long bytesInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Test
    void itsIdentityChangesWithTheFilesItLists() throws IOException {
        Path picture = picture("1.png", 3);
        Source source = Manifest.open(list("path,label,second\n1.png,cat,none.png\nshort\n"));
        List<String> before = Items.identity(source);
        assertThat(Items.identity(source)).isEqualTo(before);
        Files.setLastModifiedTime(picture, FileTime.fromMillis(1_000_000_000_000L));
        List<String> touched = Items.identity(source);
        assertThat(touched).isNotEqualTo(before);
        picture("none.png", 3);
        assertThat(Items.identity(source)).isNotEqualTo(touched);
        assertThat(Items.identity(Manifest.open(list("path,label,second\n1.png,dog,none.png\nshort\n"))))
                .isNotEqualTo(touched);
    }
}
