package io.gander.source;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays the files that {@code bench/fuzz.sh} starts from, and those by which it broke a reader once. */
@Timeout(20)
class SourceFuzzTest {
    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "idx", SourceFuzz.OfIdx::fuzzerTestOneInput,
            "cifar", SourceFuzz.OfCifar::fuzzerTestOneInput,
            "numpy", SourceFuzz.OfNumpy::fuzzerTestOneInput,
            "manifest", SourceFuzz.OfManifest::fuzzerTestOneInput);

    static List<Arguments> files() throws IOException, URISyntaxException {
        Path root = Path.of(
                Objects.requireNonNull(SourceFuzzTest.class.getResource("fuzz")).toURI());
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> Arguments.of(Input.name(Objects.requireNonNull(file.getParent())), file))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileIsReadOrRefused(String target, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThatCode(() -> Objects.requireNonNull(TARGETS.get(target)).accept(bytes))
                .doesNotThrowAnyException();
    }
}
