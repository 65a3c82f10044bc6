package io.gander.download;

import static io.gander.download.FaultyServer.cut;
import static io.gander.download.FaultyServer.ranged;
import static io.gander.download.FaultyServer.stalled;
import static io.gander.download.FaultyServer.status;
import static io.gander.download.FaultyServer.whole;
import static io.gander.download.FaultyServer.withoutLength;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.file.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads over networks and from servers as they are. */
@Timeout(60)
class FetcherTest {
    private static final byte[] BODY = body(1);
    private static final byte[] OTHER = body(2);
    private static final int HALF = BODY.length / 2;

    private final Path folder;
    private Duration stall = Duration.ofSeconds(30); // a busy machine may be slow, and no test waits for this
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Long> progress = new ArrayList<>();

    FetcherTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static byte[] body(int seed) {
        byte[] body = new byte[200_000];
        new Random(seed).nextBytes(body);
        return body;
    }

    static String sum(byte[] body) throws IOException {
        Path file = Files.createTempFile("body", "");
        try {
            return Sha256.of(Files.write(file, body));
        } finally {
            Files.delete(file);
        }
    }

    private static NamedFile file(@Nullable String sum, URI... homes) {
        return new NamedFile("data.gz", List.of(homes), BODY.length, sum);
    }

    private String fetch(NamedFile file) {
        return fetch(file, Map.of());
    }

    private String fetch(NamedFile file, Map<String, String> environment) {
        Proxies proxies = new Proxies(new Properties(), environment);
        DownloadListener listener = new DownloadListener() {
            @Override
            public void onProgress(String name, long done, long total, double perSecond) {
                assertThat(perSecond).isPositive();
                assertThat(total).isIn((long) BODY.length, -1L);
                progress.add(done);
            }

            @Override
            public void onWarning(String sentence) {
                warnings.add(sentence);
            }
        };
        return Fetcher.over(proxies, Duration.ofSeconds(5), stall, pauses::add)
                .fetch(new Wanted("cifar-10", "'gander data get cifar-10'"), file, folder, listener);
    }

    private void assertWhole() throws IOException {
        assertThat(folder.resolve("data.gz")).hasBinaryContent(BODY);
        assertThat(Checksums.remembered(folder.resolve("data.gz"))).isEqualTo(sum(BODY));
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("data.gz", "data.gz.sha256");
    }

    @Test
    void aFileComesWholeAndIsRemembered() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(BODY))) {
            assertThat(fetch(file(sum(BODY), server.uri("a/data.gz")))).isEqualTo(sum(BODY));
            assertWhole();
            assertThat(progress).isSorted().endsWith((long) BODY.length);
            assertThat(warnings).isEmpty();
            assertThat(server.requests().get(0).line()).isEqualTo("GET /a/data.gz HTTP/1.1");
        }
    }

    @Test
    void aFileWhoseSumNobodyPublishedIsTakenAsItComes() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(BODY))) {
            assertThat(fetch(file(null, server.uri("data.gz")))).isEqualTo(sum(BODY));
            assertWhole();
        }
    }

    @Test
    void aBrokenTransferGoesOnWhereItEnded() throws IOException {
        try (FaultyServer server = new FaultyServer(ranged(BODY, "\"1\"", HALF), ranged(BODY, "\"1\"", BODY.length))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests()).hasSize(2);
            assertThat(server.requests().get(1).header("range")).isEqualTo("bytes=" + HALF + "-");
            assertThat(server.requests().get(1).header("if-range")).isEqualTo("\"1\"");
            assertThat(pauses).containsExactly(Duration.ofSeconds(1));
            assertThat(warnings).singleElement().asString().contains("again in 1 s");
        }
    }

    @Test
    void aServerThatAlwaysBreaksOffButBringsMoreEachTimeIsBorneWith() throws IOException {
        try (FaultyServer server = new FaultyServer(ranged(BODY, "\"1\"", BODY.length / 20))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(pauses).hasSize(19).containsOnly(Duration.ofSeconds(1));
        }
    }

    @Test
    void aServerWithoutRangesBeginsAgain() throws IOException {
        try (FaultyServer server = new FaultyServer(cut(BODY, HALF, "ETag: \"1\""), whole(BODY, "ETag: \"1\""))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests().get(1).header("range")).isNotEmpty();
        }
    }

    @Test
    void withoutAMarkOfItsVersionAFileBeginsAgain() throws IOException {
        try (FaultyServer server = new FaultyServer(cut(BODY, HALF, "ETag: W/\"weak\""), whole(BODY))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests().get(1).header("range")).isEmpty();
        }
    }

    @Test
    void aTransferThatBreaksAlwaysAtTheSamePlaceEndsWithTheCure() throws IOException {
        try (FaultyServer server = new FaultyServer(cut(BODY, HALF))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz"))))
                    .startsWith("could not fetch all of data.gz of cifar-10 from 127.0.0.1 (")
                    .contains(
                            "'gander data get cifar-10' goes on",
                            server.uri("data.gz").toString(),
                            sum(BODY));
            assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L);
            assertThat(folder.resolve("data.gz")).doesNotExist();
            assertThat(folder.resolve("data.gz.part")).exists();
        }
    }

    @Test
    void aFileThatChangedBetweenTwoAttemptsBeginsAgain() throws IOException {
        try (FaultyServer server = new FaultyServer(ranged(OTHER, "\"1\"", HALF), ranged(BODY, "\"2\"", BODY.length))) {
            fetch(file(null, server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests().get(1).header("if-range")).isEqualTo("\"1\"");
        }
    }

    @Test
    void aRangeThatTheFileDoesNotHaveBeginsAgain() throws IOException {
        try (FaultyServer server = new FaultyServer(
                cut(BODY, HALF, "ETag: \"1\""), status("416 Range Not Satisfiable"), whole(BODY, "ETag: \"2\""))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests().get(2).header("range")).isEmpty();
        }
    }

    @Test
    void anotherRangeThanAskedForIsNotTaken() throws IOException {
        FaultyServer.Script wrong = status("206 Partial Content", "Content-Range: bytes 7-9/" + BODY.length);
        try (FaultyServer server = new FaultyServer(cut(BODY, HALF, "ETag: \"1\""), wrong, whole(BODY))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
        }
    }

    @Test
    void aFileOfWrongLengthIsRefusedBeforeItComes() throws IOException {
        byte[] shorter = Arrays.copyOf(BODY, 1000);
        try (FaultyServer server = new FaultyServer(whole(shorter))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz"))))
                    .contains("it has 1000 bytes there, but should have " + BODY.length, "by other means");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void aBodyWithoutLengthThatEndsEarlyIsFetchedAgain() throws IOException {
        try (FaultyServer server = new FaultyServer(withoutLength(BODY, HALF), withoutLength(BODY, BODY.length))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(warnings).singleElement().asString().contains("it ended after " + HALF + " of");
        }
    }

    @Test
    void aWrongSumKeepsNothingAndNamesBothSums() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(OTHER))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz"))))
                    .contains(sum(BODY), sum(OTHER), "nothing was kept");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"404 Not Found", "403 Forbidden", "410 Gone", "400 Bad Request"})
    void aRefusalIsNotAskedTwiceAndNamesTheWayByHand(String answer) throws IOException {
        try (FaultyServer server = new FaultyServer(status(answer))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz"))))
                    .startsWith("cannot fetch data.gz of cifar-10 from ")
                    .contains("answers " + answer.substring(0, 3), "into " + folder + " as data.gz", sum(BODY));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theSecondHomeIsAskedWhenTheFirstRefuses() throws IOException {
        try (FaultyServer first = new FaultyServer(status("404 Not Found"));
                FaultyServer second = new FaultyServer(whole(BODY))) {
            fetch(file(sum(BODY), first.uri("data.gz"), second.uri("data.gz")));
            assertWhole();
            assertThat(warnings).singleElement().asString().contains("404, not found; asking " + second.uri("data.gz"));
        }
    }

    @Test
    void aBusyServerGetsThePauseThatItAsksFor() throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
        try (FaultyServer server = new FaultyServer(
                status("503 Service Unavailable", "Retry-After: 7"),
                status("429 Too Many Requests", "Retry-After: " + date),
                status("500 Internal Server Error", "Retry-After: never"),
                whole(BODY))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(pauses).hasSize(3).startsWith(Duration.ofSeconds(7)).endsWith(Duration.ofSeconds(4));
            assertThat(pauses.get(1)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        }
    }

    @Test
    void aPauseOfAnHourIsLeftToTheUser() throws IOException {
        try (FaultyServer server = new FaultyServer(status("503 Service Unavailable", "Retry-After: 3600"))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz")))).contains("answers 503", "goes on");
            assertThat(pauses).isEmpty();
        }
    }

    @Test
    void aRedirectIsFollowed() throws IOException {
        try (FaultyServer home = new FaultyServer(whole(BODY));
                FaultyServer old = new FaultyServer(status("302 Found", "Location: " + home.uri("moved.gz")))) {
            fetch(file(sum(BODY), old.uri("data.gz")));
            assertWhole();
        }
    }

    @Test
    void redirectsInACircleEnd() throws IOException {
        try (FaultyServer server = new FaultyServer(status("302 Found", "Location: /data.gz"))) {
            Complaint.of(() -> fetch(file(sum(BODY), server.uri("data.gz")))).contains("redirects in a circle");
            assertThat(server.requests().size()).isLessThan(20);
        }
    }

    @Test
    void aServerThatFallsSilentIsLeftAndAskedForTheRest() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        stall = Duration.ofSeconds(1);
        try (FaultyServer server = new FaultyServer(
                stalled(end, BODY, HALF, "ETag: \"1\""), stalled(end, BODY, -1), ranged(BODY, "\"1\"", BODY.length))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(warnings).hasSize(2);
            assertThat(warnings.get(0)).contains("nothing came for");
            assertThat(warnings.get(1)).contains("no answer for");
            assertThat(server.requests().get(2).header("range")).isEqualTo("bytes=" + HALF + "-");
        } finally {
            end.countDown();
        }
    }

    @Test
    void aServerThatCallsTheFileCompressedIsNotBelieved() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(BODY, "Content-Encoding: gzip"))) {
            fetch(file(sum(BODY), server.uri("data.gz")));
            assertWhole();
            assertThat(server.requests().get(0).header("accept-encoding")).isEqualTo("identity");
        }
    }

    @Test
    void theLoginPageOfANetworkIsNoDataSet() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(BODY, "Content-Type: text/html; charset=utf-8"))) {
            Complaint.of(() -> fetch(file(null, server.uri("data.gz")))).contains("a web page came in its place");
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void withoutANetworkOneLineSaysWhatToPutWhere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI nobody = URI.create("http://127.0.0.1:" + port + "/data.gz");
        Complaint.of(() -> fetch(file(sum(BODY), nobody)))
                .startsWith("cannot reach 127.0.0.1 to fetch cifar-10 (")
                .contains(nobody.toString(), folder.toString(), sum(BODY), "https_proxy");
        Complaint.of(() -> fetch(file(null, URI.create("http://nowhere.invalid/data.gz"))))
                .startsWith("cannot reach nowhere.invalid to fetch cifar-10 (its name is not known here)")
                .doesNotContain("SHA-256");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aProxyOfTheEnvironmentIsUsed() throws IOException {
        try (FaultyServer proxy = new FaultyServer(whole(BODY))) {
            fetch(
                    file(sum(BODY), URI.create("http://nowhere.invalid/data.gz")),
                    Map.of("http_proxy", "127.0.0.1:" + proxy.port()));
            assertWhole();
            assertThat(proxy.requests().get(0).line()).isEqualTo("GET http://nowhere.invalid/data.gz HTTP/1.1");
            assertThat(proxy.requests().get(0).headers()).doesNotContainKey("proxy-authorization");
        }
    }

    @Test
    void aProxyThatWantsAPasswordGetsIt() throws IOException {
        try (FaultyServer proxy = new FaultyServer(
                status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"office\""),
                whole(BODY))) {
            fetch(
                    file(sum(BODY), URI.create("http://nowhere.invalid/data.gz")),
                    Map.of("ALL_PROXY", "http://ann:p%40ss+1@127.0.0.1:" + proxy.port()));
            assertWhole();
            String expected = Base64.getEncoder().encodeToString("ann:p@ss+1".getBytes(StandardCharsets.UTF_8));
            assertThat(proxy.requests().get(1).header("proxy-authorization")).isEqualTo("Basic " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', wants a user and a password", "ann:wrong@, too many authentication attempts"})
    void aProxyThatWantsAnotherPassword(String user, String reason) throws IOException {
        try (FaultyServer proxy = new FaultyServer(
                status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"office\""))) {
            Complaint.of(() -> fetch(
                            file(sum(BODY), URI.create("http://nowhere.invalid/data.gz")),
                            Map.of("http_proxy", "http://" + user + "127.0.0.1:" + proxy.port())))
                    .contains("cannot reach nowhere.invalid", reason)
                    .doesNotContain("wrong");
        }
    }

    @Test
    void noProxyGoesStraight() throws IOException {
        try (FaultyServer proxy = new FaultyServer(status("502 Bad Gateway"));
                FaultyServer server = new FaultyServer(whole(BODY))) {
            fetch(
                    file(sum(BODY), server.uri("data.gz")),
                    Map.of("http_proxy", "http://127.0.0.1:" + proxy.port(), "no_proxy", "example.org, 127.0.0.1"));
            assertWhole();
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @Test
    void anInterruptedThreadLeavesAPartAndStaysInterrupted() throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (FaultyServer server = new FaultyServer(stalled(end, BODY, HALF, "ETag: \"1\""))) {
            NamedFile file = file(sum(BODY), server.uri("data.gz"));
            List<Object> ended = new ArrayList<>();
            Thread thread = new Thread(() -> {
                Throwable thrown = catchThrowable(() -> Fetcher.over(
                                new Proxies(new Properties(), Map.of()),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1),
                                pauses::add)
                        .fetch(
                                new Wanted("cifar-10", "'gander data get cifar-10'"),
                                file,
                                folder,
                                new DownloadListener() {}));
                ended.add(thrown);
                ended.add(Thread.currentThread().isInterrupted());
            });
            thread.start();
            while (!Files.exists(folder.resolve("data.gz.part")) || Files.size(folder.resolve("data.gz.part")) < HALF) {
                Thread.sleep(5);
            }
            thread.interrupt();
            thread.join();
            assertThat(ended.get(0)).isInstanceOf(UserError.class);
            assertThat(ended.get(1)).isEqualTo(true);
        } finally {
            end.countDown();
        }
    }
}
