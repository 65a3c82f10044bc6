package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.tensor.Safetensors.Array;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote, and files that mean harm: {@code bench/oracle/make_pth_fixtures.py}. */
public class PthReaderTest {
    private final Path folder;

    PthReaderTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** One of the files, by its name. */
    public static Path fixture(String name) {
        try {
            return Path.of(Objects.requireNonNull(PthReaderTest.class.getResource("pth/" + name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "old"})
    void arraysAreThoseThatPyTorchLoads(String name) {
        Map<String, Array> wanted = Safetensors.read(fixture(name + ".safetensors"), any -> true);

        Map<String, Array> read = PthReader.read(fixture(name + ".pth"), any -> true);

        assertThat(read.keySet()).containsExactlyInAnyOrderElementsOf(wanted.keySet());
        read.forEach((key, array) ->
                assertThat(array).as(key).usingRecursiveComparison().isEqualTo(wanted.get(key)));
    }

    @Test
    void onlyWhatIsWantedIsRead() {
        assertThat(PthReader.read(fixture("state.pth"), key -> key.startsWith("features."))
                        .keySet())
                .containsExactly("features.0.weight", "features.0.bias", "features.2.weight", "features.2.bias");
    }

    /** What is called is named differently on each system. */
    @ParameterizedTest
    @CsvSource({
        "system, 'it wants to call '",
        "eval, .eval",
        "getattr, .getattr",
        "magic, does not begin",
        "version, another version",
        "list, no state dict",
        "double, torch.DoubleStorage",
        "transposed, do not lie one behind the other",
        "zip, a zip archive",
    })
    void whatIsNoStateDictOfFloatsIsRefused(String name, String why) {
        Complaint.of(() -> PthReader.read(fixture("refused-" + name + ".pth"), any -> true))
                .contains("refused-" + name + ".pth", why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.pth", "old.pth"})
    void aFileCutShortAnywhereIsRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(fixture(name));
        for (int length = 0; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            Complaint.of(() -> PthReader.read(file, any -> true)).contains("hostile.pth");
        }
        Path longer = file(Arrays.copyOf(whole, whole.length + 1));
        Complaint.of(() -> PthReader.read(longer, any -> true)).contains("belong to no array");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state.pth", "old.pth"})
    void aFileWithWrongBytesIsReadOrRefused(String name) throws IOException {
        byte[] whole = Files.readAllBytes(fixture(name));
        Random random = new Random(1);
        for (int i = 0; i < 4 * whole.length; i++) {
            byte[] wrong = whole.clone();
            wrong[i % whole.length] = (byte) random.nextInt(256);
            if (i >= 2 * whole.length) {
                wrong[random.nextInt(whole.length)] = (byte) random.nextInt(256);
            }
            Path file = file(wrong);
            try {
                PthReader.read(file, any -> true);
            } catch (UserError e) {
                assertThat(e).message().hasLineCount(1);
            }
        }
    }

    @Test
    void aMissingFileAndAFolderAreRefused() {
        Complaint.of(() -> PthReader.read(folder.resolve("none.pth"), any -> true))
                .contains("no such file");
        Complaint.of(() -> PthReader.read(folder, any -> true)).contains("cannot read");
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("hostile.pth"), bytes);
    }
}
