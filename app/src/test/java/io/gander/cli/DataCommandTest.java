package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.gander.download.LocalSets;
import io.gander.download.NamedSets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The named sets as a person or a script asks for them; nothing here leaves this machine. */
class DataCommandTest {
    private static final byte[] BODY = "a data set".repeat(1000).getBytes(StandardCharsets.UTF_8);

    private final Path folder;

    DataCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void useAnotherCache() {
        System.setProperty("gander.cache", folder.toString());
    }

    @AfterEach
    void useTheUsersCache() {
        System.clearProperty("gander.cache");
    }

    @Test
    void listSaysOfEachWhatItIsAndWhetherItIsHere() {
        Cli list = gander("data", "list");
        assertThat(list.status()).isZero();
        assertThat(list.err()).isEmpty();
        assertThat(list.out())
                .containsPattern("mnist +28×28 grey +60,000 +here, comes with Gander")
                .containsPattern("cifar-10 +32×32 colour +50,000 +to fetch, 170 MB")
                .containsPattern("edges2handbags +256×256 colour +138,567 +to fetch, about 8.6 GB")
                .containsPattern("horse2zebra +256×256 colour +1,067 \\+ 1,334 +to fetch, 117 MB");
        assertThat(list.out().lines()).allMatch(line -> line.length() < 100);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void listAsJson() throws IOException {
        JsonNode list = gander("data", "list", "--json").json();
        assertThat(list.findValuesAsText("name"))
                .hasSize(25)
                .startsWith("mnist")
                .contains("kmnist");
        JsonNode zebras = list.get(list.findValuesAsText("name").indexOf("horse2zebra"));
        assertThat(zebras.get("place").asText()).isEqualTo("nowhere");
        assertThat(zebras.get("missing").asLong()).isEqualTo(116_867_962);
        assertThat(zebras.get("examples").size()).isEqualTo(2);
        assertThat(list.get(0).get("place").asText()).isEqualTo("built-in");
    }

    @Test
    void showTellsWhereTheFilesGo() {
        Cli show = gander("data", "show", "cifar-10");
        assertThat(show.status()).isZero();
        assertThat(show.out())
                .contains("https://www.cs.toronto.edu/~kriz/cifar.html", "data: {name: cifar-10}")
                .contains("files go to " + folder.resolve("sets").resolve("cifar-10"))
                .contains("cifar-10-binary.tar.gz, 170 MB", "SHA-256 c4a38c50a1bc", "'gander data get cifar-10'");
    }

    @Test
    void showSaysThatNobodyPublishedASum() throws IOException {
        assertThat(gander("data", "show", "facades").out())
                .contains("facades.tar.gz, about 30 MB", "SHA-256 nobody has published one");
        JsonNode show = gander("data", "show", "facades", "--json").json();
        assertThat(show.get("files").get(0).get("sha256").isNull()).isTrue();
        assertThat(show.get("files").get(0).get("homes").get(0).asText())
                .isEqualTo("https://efrosgans.eecs.berkeley.edu/pix2pix/datasets/facades.tar.gz");
    }

    @Test
    void whatIsHereIsNotFetched() throws IOException {
        Cli get = gander("data", "get", "mnist");
        assertThat(get.status()).isZero();
        assertThat(get.out()).isEqualTo("mnist comes with Gander." + System.lineSeparator());
        JsonNode line = gander("data", "get", "mnist", "--json").jsonLines().get(0);
        assertThat(line.get("place").asText()).isEqualTo("built-in");
        assertThat(line.get("fetched").asBoolean()).isFalse();
    }

    @Test
    void aWrongNameGetsTheNearestAndFetchesNothing() {
        for (String command : List.of("show", "get")) {
            Cli wrong = gander("data", command, "cifar10");
            assertThat(wrong.status()).isEqualTo(2);
            assertThat(wrong.errors()).hasSize(1);
            assertThat(wrong.err()).contains("there is no data set 'cifar10'. Did you mean 'cifar-10'");
        }
        assertThat(gander("data", "get", "mnist", "faces").out()).isEmpty();
        assertThat(gander("data", "get").status()).isEqualTo(2);
        assertThat(gander("data", "lst").err()).contains("Did you mean 'list'");
        assertThat(gander("data").out()).contains("list", "show", "get");
    }

    @Test
    void aWrongFileInTheFolderIsOneLine() throws IOException {
        Path place = Files.createDirectories(folder.resolve("sets/cifar-10"));
        Files.writeString(place.resolve("cifar-10-binary.tar.gz"), "wrong");
        Cli get = gander("data", "get", "cifar-10");
        assertThat(get.status()).isEqualTo(2);
        assertThat(get.errors()).hasSize(1);
        assertThat(get.err()).contains("cifar-10-binary.tar.gz has the SHA-256", "remove it");
    }

    @Test
    void aBadCacheFolderStopsOnlyWhoNeedsIt() {
        System.setProperty("gander.cache", "a\0b");
        assertThat(gander("recipes").status()).isZero();
        assertThat(gander("data", "list").err()).contains("GANDER_CACHE=DIR").hasLineCount(1);
    }

    private static String sumOf(byte[] body) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    }

    /** Gets kmnist, twice, from a server of our own. */
    private Cli get(@Nullable String sha256, String... options) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/data.gz", exchange -> {
            exchange.sendResponseHeaders(200, BODY.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(BODY);
            }
        });
        server.start();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        try {
            URI home = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data.gz");
            NamedSets sets = LocalSets.of(folder, home, BODY.length, sha256);
            int status = 0;
            for (int i = 0; i < 2; i++) {
                CommandLine line = new CommandLine(new DataGetCommand(() -> sets));
                line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
                String[] words = Arrays.copyOf(options, options.length + 1);
                words[options.length] = "kmnist";
                status += line.execute(words);
            }
            return new Cli(status, out.toString(), err.toString());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void getFetchesAndThenSaysThatItIsHere() throws Exception {
        Cli get = get(sumOf(BODY));
        assertThat(get.status()).as(get.err()).isZero();
        assertThat(get.out().lines().toList()).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(0)).contains("data.gz  10 kB of 10 kB");
            assertThat(lines.get(1)).contains(sumOf(BODY), "as published");
            assertThat(lines.get(2)).isEqualTo("kmnist is here: " + folder.resolve("kmnist"));
            assertThat(lines.get(3)).contains("is here already");
        });
        assertThat(folder.resolve("kmnist/data.gz")).hasBinaryContent(BODY);
    }

    @Test
    void getPrintsASumThatNobodyPublished() throws Exception {
        assertThat(get(null).out()).contains("SHA-256 " + sumOf(BODY) + "; nobody has published one");
    }

    @Test
    void onATerminalABarMoves() throws Exception {
        System.setProperty("gander.terminal", "true");
        try {
            assertThat(get(sumOf(BODY)).out()).contains("\r━━━━━━━━━━ 100% data.gz  10 kB of 10 kB");
        } finally {
            System.clearProperty("gander.terminal");
        }
    }

    @Test
    void getAsJsonIsAnObjectALine() throws Exception {
        List<JsonNode> lines = get(sumOf(BODY), "--json").jsonLines();
        assertThat(lines.stream().map(line -> line.get("event").asText()))
                .containsExactly("progress", "whole", "here", "here");
        assertThat(lines).allMatch(line -> line.get("name").asText().equals("kmnist"));
        assertThat(lines.get(0).get("bytes").asInt()).isEqualTo(BODY.length);
        assertThat(lines.get(1).get("sha256").asText()).isEqualTo(sumOf(BODY));
        assertThat(lines.get(2).get("fetched").asBoolean()).isTrue();
        assertThat(lines.get(3).get("fetched").asBoolean()).isFalse();
    }
}
