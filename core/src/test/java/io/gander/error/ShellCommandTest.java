package io.gander.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
    @Test
    void wordsAreQuotedWhereAShellNeedsIt() {
        assertThat(ShellCommand.of("resume", Path.of("runs", "größe-1"), "--steps", 9))
                .isEqualTo("gander resume runs/größe-1 --steps 9");
        assertThat(ShellCommand.of("resume", "my run")).isEqualTo("gander resume 'my run'");
        assertThat(ShellCommand.of("resume", "it's $(rm)")).isEqualTo("gander resume 'it'\\''s $(rm)'");
        assertThat(ShellCommand.of("resume", "")).isEqualTo("gander resume ''");
    }

    @Test
    void theProgramHasTheNameByWhichItWasStarted() {
        System.setProperty("gander.command", "./my tools/gander");
        try {
            assertThat(ShellCommand.of("doctor")).isEqualTo("'./my tools/gander' doctor");
        } finally {
            System.clearProperty("gander.command");
        }
    }
}
