package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @Test
    void removesAllBelowButNotWhatLinksLeadTo(@TempDir Path folder) throws IOException {
        Path mine = Files.createDirectory(folder.resolve("mine"));
        Files.writeString(mine.resolve("thesis"), "mine");
        Path gone = Files.createDirectories(folder.resolve("gone/a/b"));
        Files.writeString(gone.resolve("file"), "x");
        Files.createSymbolicLink(gone.resolve("link"), mine);

        Folders.remove(folder.resolve("gone"));
        Folders.remove(folder.resolve("gone"));

        assertThat(folder.toFile().list()).containsExactly("mine");
        assertThat(mine.resolve("thesis")).hasContent("mine");
    }
}
