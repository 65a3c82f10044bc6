package io.gander.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @Test
    void aPlaceThatIsNotThereYetHasTheRoomOfTheFolderAbove(@TempDir Path folder) {
        assertThat(Disk.free(folder.resolve("a/b/c")).orElseThrow()).isPositive();
        Disk.require(folder.resolve("a/b/c"), 1, "one byte", "write none");
        Disk.require(Path.of("relative"), -1, "an unknown number of bytes", "write none");
    }

    @Test
    void tooMuchIsRefusedInOneSentence(@TempDir Path folder) {
        Complaint.of(() -> Disk.require(folder.resolve("a"), Long.MAX_VALUE, "the run", "take a smaller one"))
                .startsWith("too little disk for the run: it needs 8796093022208 MB, ")
                .endsWith(" MB are free in " + folder + ". Make room, or take a smaller one.");
    }
}
