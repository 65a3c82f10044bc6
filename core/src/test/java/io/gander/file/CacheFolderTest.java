package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gander.error.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFolderTest {
    @TempDir
    private Path folder = Path.of("");

    private Path root(String system, Map<String, String> environment) {
        return root(system, folder.toString(), environment);
    }

    private Path root(String system, String home, Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("os.name", system);
        properties.setProperty("user.home", home);
        properties.setProperty("user.name", "ann");
        properties.setProperty("java.io.tmpdir", folder.resolve("tmp").toString());
        return CacheFolder.root(properties, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, X, '', HOME/.cache/gander",
        "Linux, XDG_CACHE_HOME, HOME/fast, HOME/fast/gander",
        "Linux, XDG_CACHE_HOME, relative, HOME/.cache/gander",
        "Linux, GANDER_CACHE, /big/cache, /big/cache",
        "Linux, GANDER_CACHE, ' ', HOME/.cache/gander",
        "Mac OS X, XDG_CACHE_HOME, HOME/fast, HOME/Library/Caches/gander",
        "Windows 11, X, '', HOME/AppData/Local/gander/cache",
        "Windows 11, LOCALAPPDATA, HOME/local, HOME/local/gander/cache",
    })
    void eachSystemHasItsPlace(String system, String variable, String value, String expected) {
        String home = folder.toString();
        assertThat(root(system, Map.of(variable, value.replace("HOME", home))))
                .isEqualTo(Path.of(expected.replace("HOME", home)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", ""})
    void whoHasNoHomeGetsAFolderOfTheirOwnBesideTheTemporaryFiles(String home) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        Path given = root("Linux", home, Map.of());
        assertThat(given).isEqualTo(folder.resolve("tmp").resolve("gander-" + Files.getAttribute(folder, "unix:uid")));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(given)))
                .isEqualTo("rwx------");
        assertThat(root("Linux", home, Map.of())).isEqualTo(given);
    }

    @Test
    void aLinkInThePlaceOfThatFolderIsRefused() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        Path given = root("Linux", "?", Map.of());
        Files.delete(given);
        Files.createSymbolicLink(given, Files.createDirectory(folder.resolve("trap")));
        Complaint.of(() -> root("Linux", "?", Map.of())).contains("another user", "GANDER_CACHE=DIR");
    }

    @Test
    void thePropertyComesBeforeTheEnvironment() {
        Properties properties = new Properties();
        properties.setProperty("gander.cache", "/given");
        assertThat(CacheFolder.root(properties, Map.of("GANDER_CACHE", "/other")))
                .isEqualTo(Path.of("/given"));
    }

    @Test
    void aFolderIsMadeWhenItIsAskedFor() {
        Path inner = CacheFolder.make(folder.resolve("a").resolve("b"));
        assertThat(inner).isEmptyDirectory();
        assertThat(CacheFolder.make(inner)).isEqualTo(inner);
    }

    @Test
    void aFileInTheWayIsAnErrorWithTheCure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Complaint.of(() -> CacheFolder.make(file)).contains("in the way", file.toString(), "GANDER_CACHE=DIR");
        Complaint.of(() -> CacheFolder.make(file.resolve("inner"))).contains("GANDER_CACHE=DIR");
        Complaint.of(() -> root("Linux", Map.of("GANDER_CACHE", "a\0b"))).contains("GANDER_CACHE=DIR");
    }

    @Test
    void aFolderThatCannotBeWrittenIsAnErrorWithTheCure() {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        assertThat(folder.toFile().setWritable(false)).isTrue();
        try {
            assumeTrue(!Files.isWritable(folder), "root may write everywhere");
            Complaint.of(() -> CacheFolder.make(folder)).contains("cannot write", "GANDER_CACHE=DIR");
            Complaint.of(() -> CacheFolder.make(folder.resolve("a"))).contains("permission denied", "GANDER_CACHE=DIR");
        } finally {
            assertThat(folder.toFile().setWritable(true)).isTrue();
        }
    }
}
