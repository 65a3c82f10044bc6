package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gander.error.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheFolderTest {
    @TempDir
    private Path folder = Path.of("");

    private static Path root(String system, Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("os.name", system);
        properties.setProperty("user.home", "/home/ann");
        return CacheFolder.root(properties, environment);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, X, '', /home/ann/.cache/gander",
        "Linux, XDG_CACHE_HOME, /fast, /fast/gander",
        "Linux, XDG_CACHE_HOME, relative, /home/ann/.cache/gander",
        "Linux, GANDER_CACHE, /big/cache, /big/cache",
        "Linux, GANDER_CACHE, ' ', /home/ann/.cache/gander",
        "Mac OS X, XDG_CACHE_HOME, /fast, /home/ann/Library/Caches/gander",
        "Windows 11, X, '', /home/ann/AppData/Local/gander/cache",
        "Windows 11, LOCALAPPDATA, /local, /local/gander/cache",
    })
    void eachSystemHasItsPlace(String system, String variable, String value, String expected) {
        assertThat(root(system, Map.of(variable, value))).isEqualTo(Path.of(expected));
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
