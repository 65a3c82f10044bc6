package io.gander.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
    private final Path run;

    RunLockTest(@TempDir Path run) {
        this.run = run;
    }

    @Test
    void lookingLeavesNothingBehind() throws IOException {
        assertThat(RunLock.isHeld(run)).isFalse();
        assertThat(run).isEmptyDirectory();
    }

    @Test
    void whatCannotBeTakenIsNotHeld() throws IOException {
        Path folder = Files.createDirectory(run.resolve(".lock")); // no file can be opened there
        assertThatThrownBy(() -> RunLock.take(run)).isInstanceOf(IOException.class);
        Files.delete(folder);
        assertThat(RunLock.isHeld(run)).isFalse();
        RunLock.take(run).close();
    }

    @Test
    void isHeldUntilClosed() throws IOException {
        assertThat(RunLock.isHeld(run)).isFalse();
        try (RunLock lock = RunLock.take(run)) {
            assertThat(lock).isNotNull();
            assertThat(RunLock.isHeld(run.resolve("."))).isTrue();
            assertThatThrownBy(() -> RunLock.take(run))
                    .isInstanceOf(UserError.class)
                    .hasMessage("another process is training in " + run + ": wait for it, or end it first.");
        }
        assertThat(RunLock.isHeld(run)).isFalse();
        RunLock.take(run).close();
    }
}
