package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.image.Bitmap;
import io.gander.recipe.Precision;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Engine;
import io.gander.tensor.Scope;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is open is used by many threads at once, and closed while they work. */
class ManyThreadsTest {
    private static final int THREADS = 16;
    private static final int SEEDS = 16;
    private static final int CLOSINGS = 10;

    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);
    private static Path folder;
    private static int threadsBefore;

    /** An open generator or translator. */
    private record Opened(IntFunction<byte[]> make, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }

    /** Runs of a few steps. */
    enum Run {
        DCGAN {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures)
                        .with("data.channels", 3)
                        .with("data.size", 32)
                        .with("generator.width", 8);
            }
        },
        MLP_WITH_BATCH_NORM {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.mlp(pictures).with("train.ema", 0.9);
            }
        },
        CONDITIONAL {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures).with("objective.labels", "projection");
            }
        },
        IN_BFLOAT16 {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures);
            }

            @Override
            Opened open() {
                Generator generator = Generator.open(RunDirectory.open(path()), Weights.NEWEST.in(Precision.BFLOAT16));
                return new Opened(seed -> bytes(generator, seed), generator::close);
            }
        },
        TRANSLATOR_IN_BFLOAT16 {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.paired(pictures);
            }

            @Override
            Opened open() {
                ImageTranslator translator = Gander.translator(
                        path(),
                        new ImageTranslator.Options(
                                Weights.NEWEST.in(Precision.BFLOAT16), false, ImageTranslator.Scale.NATIVE, true, 7));
                return new Opened(i -> translator.translate(noise(i)).pixels(), translator::close);
            }
        },
        TRANSLATOR_WITH_DROPOUT_IN_USE {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.paired(pictures);
            }

            @Override
            Opened open() {
                ImageTranslator translator = Gander.translator(
                        path(),
                        new ImageTranslator.Options(Weights.NEWEST, false, ImageTranslator.Scale.NATIVE, true, 7));
                return new Opened(i -> translator.translate(noise(i)).pixels(), translator::close);
            }
        };

        abstract Recipe recipe(Path pictures);

        Path path() {
            return folder.resolve(name());
        }

        Opened open() {
            Generator generator = Gander.open(path());
            return new Opened(seed -> bytes(generator, seed), generator::close);
        }
    }

    private static byte[] bytes(Generator generator, long seed) {
        try (Scope scope = Scope.open()) {
            ByteBuffer bytes = ByteBuffer.allocate(5 * 3 * 32 * 32 * Float.BYTES);
            generator.made(0, 5, seed, Generator.ANY).writeTo(bytes);
            return bytes.array();
        }
    }

    /** Several tiles. */
    private static Bitmap noise(int seed) {
        byte[] pixels = new byte[20 * 20];
        new Random(seed).nextBytes(pixels);
        return new Bitmap(pixels, 1, 20, 20);
    }

    @BeforeAll
    static void train(@TempDir Path temporary) {
        folder = temporary;
        Path pictures = temporary.resolve("pictures");
        Tiny.pictures(pictures.resolve("a"));
        Tiny.pictures(pictures.resolve("b"));
        for (Run run : Run.values()) {
            Gander.train(run.recipe(pictures).with("train.generator.lr", 0.02), run.path());
        }
        threadsBefore = Engine.threads();
        Engine.threads(2); // so that a thread that used another number would show
    }

    @AfterAll
    static void end() {
        POOL.shutdown();
        Engine.threads(threadsBefore);
    }

    /** On every thread of the pool, together. */
    private static List<Future<byte[]>> everywhere(IntFunction<byte[]> work) {
        CountDownLatch start = new CountDownLatch(THREADS);
        List<Future<byte[]>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            all.add(POOL.submit(() -> {
                start.countDown();
                start.await();
                return work.apply(thread);
            }));
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void everyThreadGetsTheBytesThatOneGets(Run run) throws Exception {
        try (Opened opened = run.open()) {
            List<byte[]> alone = new ArrayList<>();
            for (int seed = 0; seed < SEEDS; seed++) {
                alone.add(opened.make.apply(seed));
            }
            assertThat(alone.get(1)).isNotEqualTo(alone.get(0));

            List<Future<byte[]>> together = everywhere(thread -> {
                for (int i = 0; i < SEEDS; i++) {
                    int seed = (thread + i) % SEEDS; // each begins with another
                    assertThat(opened.make.apply(seed)).as("seed " + seed).isEqualTo(alone.get(seed));
                }
                return new byte[0];
            });

            for (Future<byte[]> one : together) {
                one.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoGeneratesWhileItIsClosedEndsWellOrIsTold(Run run) throws Exception {
        byte[] expected;
        try (Opened opened = run.open()) {
            expected = opened.make.apply(1);
        }
        for (int i = 0; i < CLOSINGS; i++) {
            int closer = i % THREADS;
            Opened opened = run.open();
            List<Future<byte[]>> all = everywhere(thread -> {
                for (int round = 0; round < 1000; round++) {
                    assertThat(opened.make.apply(1)).isEqualTo(expected);
                    if (thread == closer) {
                        opened.close();
                    }
                }
                return expected;
            });
            for (Future<byte[]> one : all) {
                assertThatThrownBy(one::get)
                        .isInstanceOf(ExecutionException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageMatching("this (generator|translator) is closed: open the run again");
            }
            opened.close(); // twice does no harm
        }
    }

    @Test
    void whoIsAtWorkCannotCloseItsOwnTranslator() throws Exception {
        try (ImageTranslator translator = Gander.translator(Run.TRANSLATOR_WITH_DROPOUT_IN_USE.path())) {
            assertThatThrownBy(() -> translator.translate(noise(1), row -> {}, (done, of) -> translator.close()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("close it afterwards");

            assertThat(translator.translate(noise(1)).width()).isEqualTo(20);
        }
    }
}
