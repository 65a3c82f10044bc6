package io.gander.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gander.tensor.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What libgomp itself says that it was told, in programs that are not started by the launcher. */
@Timeout(120)
class WaitingTest {
    private final Path folder;

    WaitingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) {
        Engine.load();
    }

    private String shown(String... environment) throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
        List<String> words = new ArrayList<>(List.of("env", "-u", "OMP_WAIT_POLICY", "OMP_DISPLAY_ENV=verbose"));
        words.addAll(List.of(environment));
        words.addAll(Child.java());
        words.add(WaitingTest.class.getName());
        Cli answer = Child.start(folder, words).end();
        assertThat(answer.status()).as(answer.err()).isZero();
        return answer.err();
    }

    @Test
    void theLibraryKeepsIdleThreadsFromWaitingBusily() throws IOException {
        assertThat(shown()).contains("GOMP_SPINCOUNT = '1000'");
    }

    @Test
    void butNotAgainstTheUsersWord() throws IOException {
        assertThat(shown("GOMP_SPINCOUNT=77")).contains("GOMP_SPINCOUNT = '77'");
        assertThat(shown("OMP_WAIT_POLICY=ACTIVE"))
                .contains("OMP_WAIT_POLICY = 'ACTIVE'")
                .doesNotContain("GOMP_SPINCOUNT = '1000'");
    }
}
