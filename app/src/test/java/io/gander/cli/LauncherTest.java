package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, with a Java that only says how it was called. */
class LauncherTest {
    private final Path folder;

    LauncherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void install() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        Path bin = Files.createDirectories(folder.resolve("old/bin"));
        Files.copy(Path.of("src/main/scripts/gander"), bin.resolve("gander"));
        Path lib = Files.createDirectories(folder.resolve("old/lib"));
        Files.createFile(lib.resolve("a.jar"));
        Files.createFile(lib.resolve("b.jar"));
        Path java = Files.createDirectories(folder.resolve("jre/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                for word; do
                  case $word in -XX:ArchiveClassesAtExit=*) : >"${word#*=}"; echo made >>"$0.calls" ;; esac
                done
                echo "$CLASSPATH"
                echo "$@"
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.createDirectories(folder.resolve("here"));
    }

    /** The two lines of our Java: the class path and the words. */
    private List<String> start(String launcher, String... environment) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("env", "-u", "GANDER_CACHE", "-u", "XDG_CACHE_HOME", "-u", "HOME"));
        words.addAll(List.of("JAVA_HOME=" + folder.resolve("jre"), "TMPDIR=" + folder.resolve("tmp")));
        words.addAll(List.of(environment));
        words.addAll(List.of("sh", folder.resolve(launcher).toString(), "generate", "a b"));
        Cli answer = Child.start(folder.resolve("here"), words).end();
        assertThat(answer.err()).isEmpty();
        assertThat(answer.status()).isZero();
        assertThat(folder.resolve("here")).isEmptyDirectory(); // no cache in the working directory
        return answer.out().lines().toList();
    }

    private String jars(String place) throws IOException {
        Path lib = folder.toRealPath().resolve(place).resolve("lib");
        return lib.resolve("a.jar") + ":" + lib.resolve("b.jar");
    }

    @Test
    void aMovedFolderStartsAndACopyRunsItsOwnJars() throws IOException {
        assertThat(start("old/bin/gander").get(0)).isEqualTo(jars("old"));
        Files.move(folder.resolve("old"), folder.resolve("new place"));
        assertThat(start("new place/bin/gander").get(0)).isEqualTo(jars("new place"));
        Files.createSymbolicLink(folder.resolve("link"), Path.of("new place/bin/gander"));
        List<String> linked = start("link");
        assertThat(linked.get(0)).isEqualTo(jars("new place"));
        assertThat(linked.get(1)).endsWith("io.gander.cli.Main generate a b");
    }

    @Test
    void theArchiveOfClassesIsMadeOnceForTheSameJars() throws IOException {
        Path cache = folder.resolve("cache");
        String given = "GANDER_CACHE=" + cache;
        String first = start("old/bin/gander", given).get(1);
        assertThat(first).contains("-XX:SharedArchiveFile=" + cache.toRealPath());
        assertThat(start("old/bin/gander", given).get(1)).isEqualTo(first);
        assertThat(Files.readAllLines(folder.resolve("jre/bin/java.calls"))).hasSize(1);
        Files.writeString(folder.resolve("old/lib/a.jar"), "newer");
        assertThat(start("old/bin/gander", given).get(1)).isNotEqualTo(first);
        try (Stream<Path> archives = Files.list(cache)) {
            assertThat(archives).hasSize(1); // the older one is gone
        }
    }

    @Test
    void cachesLieInTheHomeOrBelowTheTemporaryFiles() throws IOException {
        start("old/bin/gander", "HOME=" + folder.resolve("ann"));
        assertThat(folder.resolve("ann/.cache/gander")).isNotEmptyDirectory();
        start("old/bin/gander", "HOME=?");
        assertThat(folder.resolve("tmp")).isNotEmptyDirectory();
        assertThat(start("old/bin/gander", "TMPDIR=/proc/none").get(1)).doesNotContain("SharedArchiveFile");
    }
}
