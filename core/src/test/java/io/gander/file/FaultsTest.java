package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private final Path folder;

    FaultsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static IOException thrown(ThrowingCallable call) {
        return catchThrowableOfType(IOException.class, call);
    }

    @ParameterizedTest
    @CsvSource({
        "No space left on device, the disk is full, make room",
        "There is not enough space on the disk, the disk is full, make room",
        "Disk quota exceeded, the disk is full, make room",
        "File too large, the file is larger than this disk or 'ulimit -f' allows, make room or raise the limit",
        "Read-only file system, the disk is read-only, make it writable",
        "File name too long, the name is too long, shorten it",
        "Too many open files, too many files are open, 'raise the limit, see ''ulimit -n'''",
        "Is a directory, it is a folder, move it away or give the path of a file in it",
        "Not a directory, a file is where a folder should be, move it away",
        "Input/output error, Input/output error, see whether the disk is in order",
    })
    void theSystemsWordsBecomeACure(String words, String why, String cure) {
        for (IOException e : new IOException[] {new IOException(words), new FileSystemException("f", null, words)}) {
            assertThat(Faults.cannotWrite("f", e, "or choose another"))
                    .hasMessage("cannot write f (" + why + "): " + cure + ", or choose another.")
                    .hasCause(e);
        }
    }

    @Test
    void faultsByTheirClass() {
        assertThat(Faults.why(new AccessDeniedException("f"))).isEqualTo("permission denied");
        assertThat(Faults.why(new NoSuchFileException("f"))).isEqualTo("no such file or folder");
        assertThat(Faults.why(new FileAlreadyExistsException("f"))).isEqualTo("something of that name is in the way");
        assertThat(Faults.why(new EOFException())).isEqualTo("it is cut off");
        assertThat(Faults.why(new ZipException("bad length"))).isEqualTo("it is damaged: bad length");
        assertThat(Faults.why(new MalformedInputException(1))).isEqualTo("it is not text in UTF-8");
        assertThat(Faults.why(new IOException())).isEqualTo("IOException");
        assertThat(Faults.why(new IOException("two\nlines"))).isEqualTo("two");
        assertThat(Faults.why(new IOException("the list is missing", new NoSuchFileException("f"))))
                .isEqualTo("the list is missing");
    }

    /** Faults that hit the superuser too, as this system words them. */
    @Test
    void whatThisSystemSaysIsUnderstood() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Faults.cannotRead(folder, thrown(() -> Files.readAllBytes(folder))))
                .hasMessage("cannot read " + folder + " (it is a folder): give the path of a file in it.");
        assertThat(Faults.why(thrown(() -> Files.writeString(file.resolve("x"), ""))))
                .isEqualTo("a file is where a folder should be");
        assertThat(Faults.why(thrown(() -> Files.newDirectoryStream(file))))
                .isEqualTo("a file is where a folder should be");
        assertThat(Faults.why(thrown(() -> Files.writeString(folder.resolve("n".repeat(256)), ""))))
                .isEqualTo("the name is too long");
        assertThat(Faults.why(thrown(() -> Files.createDirectory(file))))
                .isEqualTo("something of that name is in the way");
        assertThat(Faults.cannotList(
                        folder.resolve("none"), thrown(() -> Files.newDirectoryStream(folder.resolve("none")))))
                .hasMessage("cannot list " + folder.resolve("none") + " (no such file or folder): check the path.");
    }

    @Test
    void anotherFileThanTheSentenceNamesIsNamed() {
        IOException e = new NoSuchFileException("run/samples/x.png");
        assertThat(Faults.cannotWrite("run", e, "then go on"))
                .hasMessage(
                        "cannot write run (no such file or folder: run/samples/x.png): make the folder first, then go on.");
        assertThat(Faults.cannotRead("the list run/samples/x.png", e).getMessage())
                .isEqualTo("cannot read the list run/samples/x.png (no such file or folder): check the path.");
    }
}
