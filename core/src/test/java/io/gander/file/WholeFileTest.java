package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WholeFileTest {
    private final Path folder;

    WholeFileTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private String[] names() {
        return folder.toFile().list();
    }

    @Test
    void writesAndReplaces() throws IOException {
        Path file = folder.resolve("file.txt");
        WholeFile.write(file, "Größe");
        assertThat(file).hasContent("Größe");
        WholeFile.write(file, new byte[] {1, 2});
        assertThat(file).hasBinaryContent(new byte[] {1, 2});
        assertThat(names()).containsExactly("file.txt");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 7, 12, 255})
    void theNameBeforeTheRenamingIsNoLongerThanTheFiles(int bytes) throws IOException {
        String name = "n".repeat(bytes);
        List<String> beside = new ArrayList<>();
        WholeFile.write(folder.resolve(name), file -> {
            beside.add(file.getFileName().toString());
            Files.writeString(file, "whole");
        });
        assertThat(beside.get(0)).startsWith(".~").hasSizeLessThanOrEqualTo(Math.min(12, bytes));
        assertThat(folder.resolve(name)).hasContent("whole");
    }

    @Test
    void theLongestNameOfManyBytesALetterCanBeWritten() throws IOException {
        assumeThat(System.getProperty("sun.jnu.encoding")).isEqualTo("UTF-8");
        Path file = folder.resolve("数".repeat(85)); // 255 bytes
        WholeFile.write(file, "whole");
        assertThat(file).hasContent("whole");
    }

    @Test
    void aFaultLeavesTheOlderFileAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "older");
        assertThatThrownBy(() -> WholeFile.write(file, beside -> {
                    Files.writeString(beside, "half");
                    throw new IOException("No space left on device");
                }))
                .hasMessage("No space left on device");
        assertThatThrownBy(() -> WholeFile.write(file, beside -> {
                    Files.writeString(beside, "half");
                    throw new IllegalStateException("stopped");
                }))
                .hasMessage("stopped");
        assertThat(file).hasContent("older");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void faultsNameTheFileThatTheCallerKnows() throws IOException {
        Path inNoFolder = folder.resolve("none").resolve("file");
        assertThatThrownBy(() -> WholeFile.write(inNoFolder, "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(inNoFolder + ": no such file or folder");
        Path inAFile = Files.writeString(folder.resolve("file"), "mine").resolve("inner");
        assertThatThrownBy(() -> WholeFile.write(inAFile, "x"))
                .hasMessage(inAFile + ": a file is where a folder should be");
        assertThatThrownBy(() -> WholeFile.makeParents(inAFile.resolve("x"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> WholeFile.write(folder, "x")).hasMessageStartingWith(folder.toString());
        assertThat(folder.resolve("file")).hasContent("mine");
    }

    @Test
    void parentsAreMadeWhereTheyAreAskedFor() throws IOException {
        Path file = folder.resolve("a/b/file");
        WholeFile.makeParents(file);
        WholeFile.makeParents(file);
        WholeFile.makeParents(Path.of("file"));
        WholeFile.write(file, "x");
        assertThat(file).hasContent("x");
    }

    @Test
    void aLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "older");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        WholeFile.write(link, "newer");
        assertThat(link).isSymbolicLink();
        assertThat(real).hasContent("newer");
    }

    @Test
    void aDeviceIsNotReplaced() throws IOException {
        Path device = Path.of("/dev/null");
        assumeThat(device).exists();
        WholeFile.write(device, "lost");
        assertThat(Files.isRegularFile(device)).isFalse();
    }

    @Test
    void twoWritersAtOnceNeverMixTheirBytes() throws Exception {
        Path file = folder.resolve("abc"); // of whose kind there are 36 names before the renaming
        int writers = 8;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                byte[] content = new byte[20_000];
                Arrays.fill(content, (byte) w);
                all.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 100; i++) {
                        WholeFile.write(file, content);
                        byte[] read = Files.readAllBytes(file);
                        byte[] uniform = new byte[content.length];
                        Arrays.fill(uniform, read[0]);
                        assertThat(read).isEqualTo(uniform);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(names()).containsExactly("abc");
    }

    private Path leftover(String name, Duration age) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "half");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void whatAKillLeftIsSweptByTheNextProgramThatWritesThere() throws IOException {
        Path old = leftover(".~k1ll", Duration.ofHours(2));
        Path young = leftover(".~young", Duration.ofMinutes(5));
        Path other = leftover(".~backup.txt", Duration.ofHours(2));
        Path longer = leftover(".~0123456789a", Duration.ofHours(2));
        Path large = leftover(".~LARGE", Duration.ofHours(2));
        Path inner = Files.createDirectory(folder.resolve(".~dir"));

        WholeFile.write(folder.resolve("file"), "x");

        assertThat(old).doesNotExist();
        assertThat(List.of(young, other, longer, large, inner)).allMatch(Files::exists);

        WholeFile.sweep(folder);
        assertThat(young).doesNotExist();
        assertThat(List.of(other, longer, large, inner)).allMatch(Files::exists);
    }

    @Test
    void aLeftoverOfTheSameNameIsInNobodysWay() throws IOException {
        for (int i = 0; i < 35; i++) { // all but one of the names for a file of three letters
            leftover(".~" + Character.forDigit(i, 36), Duration.ZERO);
        }
        WholeFile.write(folder.resolve("abc"), "x");
        assertThat(folder.resolve("abc")).hasContent("x");
        leftover(".~z", Duration.ZERO);
        assertThatThrownBy(() -> WholeFile.write(folder.resolve("abc"), "y"))
                .hasCauseInstanceOf(FileAlreadyExistsException.class);
        assertThat(folder.resolve("abc")).hasContent("x");
    }
}
