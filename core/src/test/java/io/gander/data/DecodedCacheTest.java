package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.error.BrokenExample;
import io.gander.error.Complaint;
import io.gander.image.Resize;
import io.gander.modality.Codec;
import io.gander.modality.Image;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.source.Content;
import io.gander.source.Item;
import io.gander.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodedCacheTest {
    private static final Codec SMALL = grey(4, Pairs.NONE);

    private Path cache = Path.of("");
    private @Nullable String before;

    @BeforeEach
    void useAFreshCache(@TempDir Path fresh) {
        cache = fresh;
        before = System.setProperty("gander.cache", fresh.toString());
    }

    @AfterEach
    void putBack() {
        if (before == null) {
            System.clearProperty("gander.cache");
        } else {
            System.setProperty("gander.cache", before);
        }
    }

    @Test
    void decodesOnceAndThenNeverAgain() {
        Numbers source = new Numbers(100);

        Decoded first = open(source);
        Decoded second = open(source);

        assertThat(source.decoded.get()).isEqualTo(100);
        assertThat(values(second)).isEqualTo(values(first)).hasSize(100).startsWith(0, 1, 2, 3);
        assertThat(second.fingerprint()).isEqualTo(first.fingerprint()).hasSize(64);
        assertThat(second.name()).isEqualTo("numbers");
    }

    @Test
    void otherDataOrAnotherPreparationIsDecodedAnew() {
        Numbers source = new Numbers(10);
        open(source);
        DecodedCache.open("numbers", source, "here", grey(8, Pairs.NONE), DataListener.SILENT, () -> false);
        assertThat(source.decoded.get()).isEqualTo(20);
        DecodedCache.open("numbers", source, "there", SMALL, DataListener.SILENT, () -> false);
        assertThat(source.decoded.get()).isEqualTo(30);
        source.identity = "changed";
        open(source);
        assertThat(source.decoded.get()).isEqualTo(40);
    }

    @Test
    void leavesOutWhatIsBrokenAndSaysWhy() {
        Numbers source = new Numbers(20);
        source.broken = List.of(3, 19);
        open(source);

        Decoded again = open(source);

        assertThat(again.count()).isEqualTo(18);
        assertThat(again.broken()).isEqualTo(2);
        assertThat(again.brokenOnes()).extracting(Broken::toString).containsExactly("3 is cut off", "19 is cut off");
        assertThat(values(again)).startsWith(0, 1, 2, 4, 5).endsWith(17, 18);
    }

    @Test
    void namesTheFirstBrokenOnesEvenIfTheyTakeLonger() {
        Numbers source = new Numbers(2);
        source.broken = List.of(0, 1);
        source.slow = 0;

        assertThat(open(source).brokenOnes()).extracting(Broken::name).containsExactly("0", "1");
    }

    @Test
    void keepsTheClasses() {
        Decoded set = open(new Numbers(7));

        assertThat(set.labels()).containsExactly("class 0", "class 1", "class 2");
        assertThat(Stream.of(0, 1, 2, 3, 6).map(set::label)).containsExactly(0, 1, 2, 0, -1);
    }

    @Test
    void classesAreNumberedByTheirNamesWhateverTheOrderOfTheExamples() {
        Numbers source = new Numbers(4);
        source.labels = List.of("10", "cat", "2", "ant");

        Decoded set = open(source);

        assertThat(set.labels()).containsExactly("2", "10", "ant", "cat");
        assertThat(Stream.of(0, 1, 2, 3).map(set::label)).containsExactly(1, 3, 0, 2);
    }

    @Test
    void aSourceWithoutExamplesIsAMistakeAndLeavesNothing() throws IOException {
        Complaint.of(() -> open(new Numbers(0))).startsWith("data.path: no example in 'numbers'");
        try (Stream<Path> files = Files.list(cache.resolve("decoded"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void pairsLieBesideEachOther() {
        Numbers source = new Numbers(3);
        source.pictures = 2;
        Decoded pairs =
                DecodedCache.open("numbers", source, "here", grey(4, Pairs.BY_NAME), DataListener.SILENT, () -> false);

        assertThat(pairs.codec().members()).isEqualTo(2);
        assertThat(pairs.codec().bytes()).isEqualTo(32);
        byte[] pair = new byte[32];
        pairs.read(2, pair, 0);
        assertThat(pair[0]).isEqualTo((byte) 2);
        assertThat(pair[16]).isEqualTo((byte) 102);
    }

    @Test
    void readsAcrossSegments() throws IOException {
        Decoded whole = open(new Numbers(50));
        Path pixels;
        try (Stream<Path> files = Files.list(cache.resolve("decoded"))) {
            pixels = files.filter(file -> file.toString().endsWith(".bin"))
                    .findFirst()
                    .orElseThrow();
        }
        Path json = Path.of(pixels.toString().replace(".bin", ".json"));
        DecodedCache.Index index = new ObjectMapper().readValue(json.toFile(), DecodedCache.Index.class);

        assertThat(values(Decoded.map(pixels, index, SMALL, 16 * 7 + 5))).isEqualTo(values(whole));
    }

    /** Two for each worker, and one in the reader's hand. */
    @Test
    void holdsAFewExamplesInMemoryHoweverManyThereAre() {
        Numbers source = new Numbers(5000);

        open(source);

        assertThat(source.mostInFlight).isBetween(1, 2 * Runtime.getRuntime().availableProcessors() + 1);
    }

    /** Archives may be made of the largest pictures that are read. */
    @Test
    void holdsFewerOfThemIfTheyAreLarge() {
        Numbers source = new Numbers(200);
        source.bytes = 256 << 20;

        open(source);

        assertThat(source.mostInFlight).isBetween(1, 3); // two of 512 MB, and one in the reader's hand
    }

    @Test
    void tellsHowFarItIs() {
        List<Long> done = new ArrayList<>();
        DataListener listener = new DataListener() {
            @Override
            public void onPreparing(long count, long total) {
                assertThat(total).isEqualTo(30);
                done.add(count);
            }
        };
        DecodedCache.open("numbers", new Numbers(30), "here", SMALL, listener, () -> false);

        assertThat(done).isSorted().endsWith(30L);
    }

    @Test
    void stopsWhenAskedAndLeavesNothingBehind() throws IOException {
        Numbers source = new Numbers(1_000_000);

        assertThatThrownBy(() -> DecodedCache.open(
                        "numbers", source, "here", SMALL, DataListener.SILENT, () -> source.decoded.get() > 50))
                .isInstanceOf(CancellationException.class);
        try (Stream<Path> files = Files.list(cache.resolve("decoded"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void stopsAlsoWhenAllIsDecodedAndOnlyTheSumIsMissing() {
        AtomicInteger looks = new AtomicInteger();
        DataListener listener = new DataListener() {
            @Override
            public void onPreparing(long done, long total) {
                looks.set((int) done);
            }
        };

        assertThatThrownBy(() ->
                        DecodedCache.open("numbers", new Numbers(30), "here", SMALL, listener, () -> looks.get() == 30))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void aFaultOnAWorkerIsHeardOf() throws IOException {
        Numbers source = new Numbers(500);
        source.faulty = 77;

        assertThatThrownBy(() -> open(source))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("fault in 77");
        try (Stream<Path> files = Files.list(cache.resolve("decoded"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsMadeAgain() throws IOException {
        Numbers source = new Numbers(10);
        List<Integer> expected = values(open(source));
        try (Stream<Path> files = Files.list(cache.resolve("decoded"))) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[3]);
            }
        }
        List<String> warnings = new ArrayList<>();
        DataListener listener = new DataListener() {
            @Override
            public void onWarning(String sentence) {
                warnings.add(sentence);
            }
        };

        assertThat(values(DecodedCache.open("numbers", source, "here", SMALL, listener, () -> false)))
                .isEqualTo(expected);
        assertThat(warnings).hasSize(1).first().asString().contains("decoding again");
        assertThat(values(open(source))).isEqualTo(expected);
        assertThat(source.decoded.get()).isEqualTo(20);
    }

    private static Codec grey(int side, Pairs pairs) {
        return new Image(side, 1, side, Resize.BOX, Image.Crop.CENTRE, false, 0, 0, pairs).codec();
    }

    private static Decoded open(Source source) {
        return DecodedCache.open("numbers", source, "here", SMALL, DataListener.SILENT, () -> false);
    }

    private static List<Integer> values(Dataset set) {
        List<Integer> values = new ArrayList<>();
        byte[] pixels = new byte[set.codec().bytes()];
        for (int i = 0; i < set.count(); i++) {
            set.read(i, pixels, 0);
            values.add(pixels[0] & 255);
        }
        return values;
    }

    /** Plain grey pictures: number i is i everywhere (and its partner 100 more). */
    private static final class Numbers implements Source {
        private final int count;
        private final AtomicInteger decoded = new AtomicInteger();
        private final AtomicInteger inFlight = new AtomicInteger();
        private String identity = "same";
        private List<Integer> broken = List.of();
        private List<String> labels = List.of();
        private int pictures = 1;
        private int faulty = -1;
        private int slow = -1;
        private long bytes;
        private volatile int mostInFlight;

        Numbers(int count) {
            this.count = count;
        }

        @Override
        public String name() {
            return "numbers";
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public void identify(Consumer<String> parts) {
            parts.accept(identity);
        }

        @Override
        public void forEach(Consumer<Item> consumer) {
            for (int i = 0; i < count; i++) {
                mostInFlight = Math.max(mostInFlight, inFlight.incrementAndGet());
                consumer.accept(new Plain(i));
            }
        }

        private final class Plain implements Item {
            private final int number;

            Plain(int number) {
                this.number = number;
            }

            @Override
            public String name() {
                return String.valueOf(number);
            }

            @Override
            public @Nullable String label() {
                if (!labels.isEmpty()) {
                    return labels.get(number);
                }
                return number == 6 ? null : "class " + number % 3;
            }

            @Override
            public long bytes() {
                return bytes;
            }

            @Override
            public List<Content> contents() throws BrokenExample {
                try {
                    if (number == slow) {
                        LockSupport.parkNanos(200_000_000);
                    }
                    if (number == faulty) {
                        throw new IllegalStateException("fault in " + number);
                    }
                    if (broken.contains(number)) {
                        throw new BrokenExample(BrokenExample.Kind.TRUNCATED, "is cut off");
                    }
                    List<Content> parts = new ArrayList<>();
                    for (int p = 0; p < pictures; p++) {
                        byte[] pixels = new byte[16];
                        java.util.Arrays.fill(pixels, (byte) (number + 100 * p));
                        parts.add(new Content.Numbers(List.of(4, 4), pixels, false));
                    }
                    decoded.incrementAndGet();
                    return parts;
                } finally {
                    inFlight.decrementAndGet();
                }
            }
        }
    }
}
