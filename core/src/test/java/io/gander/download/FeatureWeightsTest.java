package io.gander.download;

import static io.gander.download.FaultyServer.status;
import static io.gander.download.FaultyServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.tensor.PthReaderTest;
import io.gander.tensor.Safetensors;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FeatureWeightsTest {
    private static final URI NOBODY = URI.create("http://nowhere.invalid/vgg.pth");

    private final Path folder;
    private final byte[] body;
    private final String sum;

    FeatureWeightsTest(@TempDir Path folder) throws IOException {
        this.folder = folder.resolve("features");
        this.body = Files.readAllBytes(PthReaderTest.fixture("state.pth"));
        this.sum = FetcherTest.sum(body);
    }

    private FeatureWeights weights(URI home) {
        NamedFile file = new NamedFile("vgg.pth", List.of(home), body.length, sum);
        return new FeatureWeights(
                file,
                folder,
                () -> Fetcher.over(
                        new Proxies(new Properties(), Map.of()),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        time -> {}));
    }

    @Test
    void featuresAreFetchedAndConvertedOnce() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(body))) {
            Path file = weights(server.uri("vgg.pth")).get(new DownloadListener() {});

            assertThat(file).isEqualTo(folder.resolve("vgg19.safetensors"));
            assertThat(Safetensors.read(file, name -> true).keySet())
                    .containsExactly("features.0.weight", "features.0.bias", "features.2.weight", "features.2.bias");
            assertThat(Safetensors.metadata(file))
                    .containsEntry("source", server.uri("vgg.pth").toString());
            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("vgg19.safetensors", ".lock");
            assertThat(weights(server.uri("vgg.pth")).get(new DownloadListener() {}))
                    .isEqualTo(file);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aFilePutThereByHandIsTakenAndStays() throws IOException {
        Files.createDirectories(folder);
        Path byHand = Files.write(folder.resolve("vgg.pth"), body);

        assertThat(weights(NOBODY).get(new DownloadListener() {})).isRegularFile();
        assertThat(byHand).hasBinaryContent(body);
    }

    @Test
    void aWrongFilePutThereByHandIsRefused() throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve("vgg.pth"), new byte[body.length]);

        Complaint.of(() -> weights(NOBODY).get(new DownloadListener() {}))
                .contains("vgg.pth", sum, "remove it, then the same command fetches it");
        assertThat(folder.resolve("vgg19.safetensors")).doesNotExist();
    }

    @Test
    void withoutANetworkTheErrorSaysWhichFileToPutWhere() {
        Complaint.of(() -> weights(NOBODY).get(new DownloadListener() {}))
                .contains("cannot reach nowhere.invalid to fetch the features vgg19")
                .contains("fetch " + NOBODY + " by other means and put it into " + folder + " as vgg.pth")
                .contains(sum);
    }

    @Test
    void aServerThatFailsIsAskedAgainByTheSameCommand() throws IOException {
        try (FaultyServer server = new FaultyServer(status("503 Busy"))) {
            Complaint.of(() -> weights(server.uri("vgg.pth")).get(new DownloadListener() {}))
                    .contains("the same command goes on from here later");
        }
    }
}
