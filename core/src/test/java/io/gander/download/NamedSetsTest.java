package io.gander.download;

import static io.gander.download.FaultyServer.ranged;
import static io.gander.download.FaultyServer.stalled;
import static io.gander.download.FaultyServer.status;
import static io.gander.download.FaultyServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.gander.download.NamedSets.Place;
import io.gander.error.Complaint;
import io.gander.file.CacheFolder;
import io.gander.file.Disk;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe.Pairs;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NamedSetsTest {
    private static final byte[] BODY = FetcherTest.body(1);
    private static final byte[] OTHER = FetcherTest.body(2);
    private static final int HALF = BODY.length / 2;
    private static final URI NOBODY = URI.create("http://nowhere.invalid/data.gz");

    private final Path folder;
    private final List<String> heard = new ArrayList<>();

    NamedSetsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private NamedSets sets(@Nullable String sum, URI home, String systemFolder) {
        NamedFile file = new NamedFile("data.gz", List.of(home), BODY.length, sum);
        NamedSet set = new NamedSet(DataName.KMNIST, List.of(1), "home", "terms", List.of(file), systemFolder);
        return new NamedSets(
                List.of(set),
                folder,
                () -> Fetcher.over(
                        new Proxies(new Properties(), Map.of()),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        time -> {}));
    }

    private NamedSets sets(@Nullable String sum, URI home) {
        return sets(sum, home, "");
    }

    private final DownloadListener listener = new DownloadListener() {
        @Override
        public void onWhole(Path file, String sha256, boolean published) {
            heard.add(file.getFileName() + " " + sha256 + " " + published);
        }
    };

    private Path byHand(byte[] body) throws IOException {
        Files.createDirectories(folder.resolve("kmnist"));
        return Files.write(folder.resolve("kmnist/data.gz"), body);
    }

    @Test
    void aSetIsFetchedOnceAndThenHere() throws IOException {
        try (FaultyServer server = new FaultyServer(whole(BODY))) {
            NamedSets sets = sets(FetcherTest.sum(BODY), server.uri("data.gz"));
            assertThat(sets.place(DataName.KMNIST)).isEqualTo(Place.NOWHERE);
            assertThat(sets.missing(DataName.KMNIST)).isEqualTo(BODY.length);
            Complaint.of(() -> sets.file(DataName.KMNIST, "data.gz"))
                    .contains("kmnist is not here", "'gander data get kmnist'");
            sets.fetch(DataName.KMNIST, listener);
            assertThat(heard).containsExactly("data.gz " + FetcherTest.sum(BODY) + " true");
            assertThat(sets.place(DataName.KMNIST)).isEqualTo(Place.CACHE);
            assertThat(sets.missing(DataName.KMNIST)).isZero();
            assertThat(sets.file(DataName.KMNIST, "data.gz")).hasBinaryContent(BODY);
            sets.fetch(DataName.KMNIST, listener);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aFilePutThereByHandIsTakenAndItsSumComputedOnce() throws IOException {
        NamedSets sets = sets(FetcherTest.sum(BODY), NOBODY);
        Path file = byHand(BODY);
        assertThat(sets.present(DataName.KMNIST)).isTrue();
        assertThat(sets.file(DataName.KMNIST, "data.gz")).isEqualTo(file);
        sets.fetch(DataName.KMNIST, listener);
        assertThat(sets.remembered(
                        DataName.KMNIST, sets.set(DataName.KMNIST).files().get(0)))
                .isEqualTo(FetcherTest.sum(BODY));
        // Other bytes, but length and time as before: the sum is not computed again.
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, OTHER);
        Files.setLastModifiedTime(file, time);
        assertThat(sets.file(DataName.KMNIST, "data.gz")).isEqualTo(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 5000));
        Complaint.of(() -> sets.file(DataName.KMNIST, "data.gz")).contains(FetcherTest.sum(OTHER));
    }

    @Test
    void aWrongFilePutThereByHandIsAnErrorWithBothSums() throws IOException {
        NamedSets sets = sets(FetcherTest.sum(BODY), NOBODY);
        Path file = byHand(OTHER);
        for (int i = 0; i < 2; i++) {
            Complaint.of(() -> sets.file(DataName.KMNIST, "data.gz"))
                    .contains(file.toString(), FetcherTest.sum(BODY), FetcherTest.sum(OTHER), "remove it");
        }
        Complaint.of(() -> sets.fetch(DataName.KMNIST, listener)).contains("remove it");
    }

    @Test
    void whatNobodyPublishedMustStayAsItFirstWas() throws IOException {
        NamedSets sets = sets(null, NOBODY);
        Path file = byHand(BODY);
        sets.file(DataName.KMNIST, "data.gz");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L)); // only touched
        assertThat(sets.file(DataName.KMNIST, "data.gz")).isEqualTo(file);
        Files.write(file, OTHER);
        Complaint.of(() -> sets.file(DataName.KMNIST, "data.gz"))
                .contains(FetcherTest.sum(BODY), FetcherTest.sum(OTHER), "data.gz.sha256");
        Files.delete(Checksums.memory(file));
        assertThat(sets.file(DataName.KMNIST, "data.gz")).isEqualTo(file);
    }

    @Test
    void whatTheSystemHasIsUsedInPlace(@TempDir Path system) throws IOException {
        NamedSets sets = sets(FetcherTest.sum(BODY), NOBODY, system.toString());
        assertThat(sets.place(DataName.KMNIST)).isEqualTo(Place.NOWHERE);
        Path file = Files.write(system.resolve("data.gz"), OTHER); // packed otherwise
        assertThat(sets.place(DataName.KMNIST)).isEqualTo(Place.SYSTEM);
        assertThat(sets.file(DataName.KMNIST, "data.gz")).isEqualTo(file);
        sets.fetch(DataName.KMNIST, listener);
        assertThat(folder).isEmptyDirectory();
        byHand(BODY);
        assertThat(sets.place(DataName.KMNIST)).isEqualTo(Place.CACHE);
    }

    @Test
    void twoThreadsFetchOnce() throws IOException, InterruptedException {
        try (FaultyServer server = new FaultyServer(whole(BODY))) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> sets(null, server.uri("data.gz")).fetch(DataName.KMNIST, listener)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(server.requests()).hasSize(1);
            assertThat(heard).hasSize(1);
        }
    }

    private Process child(URI home, Map<String, String> environment) throws IOException {
        return child(List.of(), home, environment);
    }

    private Process child(List<String> before, URI home, Map<String, String> environment) throws IOException {
        List<String> words = new ArrayList<>(before);
        words.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FetchMain.class.getName(),
                home.toString(),
                String.valueOf(BODY.length),
                FetcherTest.sum(BODY),
                folder.toString()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().keySet().removeIf(key -> key.toLowerCase(Locale.ROOT)
                .endsWith("_proxy"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> lines(Process process) throws IOException {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            return out.lines().toList();
        }
    }

    @Test
    void afterAKillTheNextRunGoesOn() throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (FaultyServer server =
                new FaultyServer(stalled(end, BODY, HALF, "ETag: \"1\""), ranged(BODY, "\"1\"", BODY.length))) {
            Process killed = child(server.uri("data.gz"), Map.of());
            File part = folder.resolve("kmnist/data.gz.part").toFile();
            while (part.length() < HALF) {
                assertThat(killed.isAlive()).isTrue();
                Thread.sleep(5);
            }
            killed.destroyForcibly().waitFor();
            NamedSets sets = sets(FetcherTest.sum(BODY), server.uri("data.gz"));
            assertThat(sets.missing(DataName.KMNIST)).isEqualTo(BODY.length - HALF);
            sets.fetch(DataName.KMNIST, listener);
            assertThat(sets.file(DataName.KMNIST, "data.gz")).hasBinaryContent(BODY);
            assertThat(server.requests().get(1).header("range")).isEqualTo("bytes=" + HALF + "-");
            assertThat(part).doesNotExist();
        } finally {
            end.countDown();
        }
    }

    @Test
    void aPartThatIsWholeNeedsNoRequest() throws IOException {
        Path part = byHand(BODY).resolveSibling("data.gz.part");
        Files.move(folder.resolve("kmnist/data.gz"), part);
        Files.writeString(part.resolveSibling("data.gz.part.from"), NOBODY + "\n\"1\"\n" + BODY.length + "\n");
        sets(FetcherTest.sum(BODY), NOBODY).fetch(DataName.KMNIST, listener);
        assertThat(folder.resolve("kmnist/data.gz")).hasBinaryContent(BODY);
    }

    @Test
    void twoProcessesFetchOnce() throws IOException {
        CountDownLatch firstCame = new CountDownLatch(1);
        FaultyServer.Script slow = (request, out) -> {
            try {
                firstCame.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            whole(BODY).answer(request, out);
        };
        try (FaultyServer server = new FaultyServer(slow)) {
            Process first = child(server.uri("data.gz"), Map.of());
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            List<String> warnings = new ArrayList<>();
            sets(FetcherTest.sum(BODY), server.uri("data.gz")).fetch(DataName.KMNIST, new DownloadListener() {
                @Override
                public void onWarning(String sentence) {
                    warnings.add(sentence);
                    firstCame.countDown();
                }
            });
            assertThat(warnings).containsExactly("another process is fetching kmnist: waiting for it");
            assertThat(lines(first)).endsWith("done");
            assertThat(server.requests()).hasSize(1);
        }
    }

    /** In a process of its own, since Java reads once whether a password may go to a proxy that tunnels. */
    @Test
    void aTunnelForHttpsGetsTheProxysPassword() throws IOException {
        try (FaultyServer proxy = new FaultyServer(
                status("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"office\""),
                status("403 Forbidden"))) {
            Process child = child(
                    URI.create("https://nowhere.invalid/data.gz"),
                    Map.of("HTTPS_PROXY", "http://ann:secret@127.0.0.1:" + proxy.port()));
            assertThat(lines(child))
                    .singleElement()
                    .asString()
                    .startsWith("error: cannot reach nowhere.invalid to fetch kmnist (")
                    .doesNotContain("secret");
            assertThat(proxy.requests()).hasSize(2).allMatch(request -> request.line()
                    .startsWith("CONNECT "));
            assertThat(proxy.requests().get(1).header("proxy-authorization"))
                    .isEqualTo("Basic "
                            + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** A limit on the size of files stands in for a full disk. */
    @Test
    void aFullDiskIsOneLineAndThePartStays() throws IOException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        try (FaultyServer server = new FaultyServer(whole(BODY))) {
            List<String> limited = List.of("sh", "-c", "ulimit -f 100; exec \"$0\" \"$@\""); // blocks of 512 bytes
            List<String> lines = lines(child(limited, server.uri("data.gz"), Map.of()));
            assertThat(lines.get(lines.size() - 1))
                    .startsWith("error: cannot write " + folder.resolve("kmnist/data.gz.part") + " (")
                    .contains("make room", "GANDER_CACHE=DIR");
            assertThat(folder.resolve("kmnist/data.gz")).doesNotExist();
        }
    }

    @Test
    void aFileWhereTheFolderShouldBeIsOneLine() throws IOException {
        Files.writeString(folder.resolve("kmnist"), "");
        Complaint.of(() -> sets(null, NOBODY).fetch(DataName.KMNIST, listener)).contains("GANDER_CACHE=DIR");
    }

    @Test
    void moreThanTheDiskHoldsIsRefusedAtOnce() {
        Complaint.of(() -> Disk.require(folder, Long.MAX_VALUE, "data.gz", CacheFolder.OTHERWISE))
                .contains("MB are free", "GANDER_CACHE=DIR");
    }

    @Test
    void everyNameButTheUsersFilesIsInTheCatalogue() {
        NamedSets official = NamedSets.official();
        assertThat(official.all().stream().map(NamedSet::name))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DataName.values())
                        .filter(name -> !name.own())
                        .toList());
        assertThat(official.place(DataName.MNIST)).isEqualTo(Place.BUILT_IN);
        assertThatIllegalArgumentException().isThrownBy(() -> official.set(DataName.FILES));
    }

    @Test
    void theCatalogueAgreesWithItself() {
        for (NamedSet set : Catalogue.official()) {
            String key = set.name().key();
            assertThat(set.examples()).as(key).hasSize(set.name().pairs() == Pairs.UNPAIRED ? 2 : 1);
            assertThat(set.terms()).as(key).isNotBlank();
            if (set.home().equals("drawn by Gander")) {
                continue;
            }
            for (int examples : set.examples()) {
                assertThat(set.name().description()).as(key).contains(String.format(Locale.ROOT, "%,d", examples));
            }
            assertThat(set.home()).as(key).startsWith("http");
            for (NamedFile file : set.files()) {
                assertThat(file.homes())
                        .allMatch(home -> home.getPath().endsWith("/" + file.name()))
                        .as("what cannot be checked comes over https only: %s", key)
                        .allMatch(home ->
                                file.sha256() != null || home.getScheme().equals("https"));
            }
        }
        Stream<String> sums = Catalogue.official().stream()
                .flatMap(set -> set.files().stream())
                .map(NamedFile::sha256)
                .flatMap(Stream::ofNullable);
        assertThat(sums).doesNotHaveDuplicates().hasSize(4 + 4 + 2 + 1 + 8);
    }
}
