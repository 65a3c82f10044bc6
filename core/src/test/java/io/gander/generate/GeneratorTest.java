package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.error.UserError;
import io.gander.layer.Shape;
import io.gander.modality.Image;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GeneratorTest {
    private static Path folder;

    /** Runs of a few steps, one for each kind of generator. */
    enum Run {
        NORMAL_SIGMOID {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.mlp(pictures).with("train.ema", 0.9);
            }
        },
        UNIFORM_SIGMOID {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.mlp(pictures).with("generator.noise", "uniform");
            }
        },
        NORMAL_TANH {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures);
            }
        },
        NORMAL_TANH_IN_COLOUR {
            @Override
            Recipe recipe(Path pictures) {
                return Tiny.dcgan(pictures).with("data.channels", 3).with("data.size", 32);
            }
        };

        abstract Recipe recipe(Path pictures);

        Path path() {
            return folder.resolve(name());
        }

        Generator open() {
            return Gander.open(path());
        }
    }

    @BeforeAll
    static void train(@TempDir Path temporary) {
        folder = temporary;
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        for (Run run : Run.values()) {
            Gander.train(run.recipe(pictures).with("train.generator.lr", 0.02), run.path());
        }
    }

    /** Samples as bytes, each picture for itself. */
    private static List<byte[]> pictures(Generator generator, int from, int count, long seed) {
        try (Scope scope = Scope.open()) {
            return pictures(generator.samples(from, count, seed));
        }
    }

    /** Of pictures in 0…1. */
    private static List<byte[]> pictures(Tensor natural) {
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < natural.shape()[0]; i++) {
            pictures.add(natural.narrow(0, i, 1).toPixels(0, 1));
        }
        return pictures;
    }

    /**
     * Within a grey level: the latents are equal to the bit, but the engine may pick its kernels by the size of the batch,
     * and add in another order; a value at the edge between two levels can then fall to either side.
     */
    private static void assertSame(byte[] actual, byte[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i] & 255).isBetween((expected[i] & 255) - 1, (expected[i] & 255) + 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPictureOfASeedIsTheSameAloneAndInAnyBatch(Run run) {
        try (Generator generator = run.open()) {
            List<byte[]> many = pictures(generator, 0, 70, 7); // more than go through the network together
            for (int i : new int[] {0, 1, 63, 64, 69}) {
                assertSame(pictures(generator, i, 1, 7).get(0), many.get(i));
            }
            assertSame(pictures(generator, 60, 10, 7).get(9), many.get(69));
            assertThat(pictures(generator, 0, 70, 7))
                    .as("again")
                    .usingRecursiveComparison()
                    .isEqualTo(many);
        }
        try (Generator again = run.open()) {
            try (Generator first = run.open()) {
                assertThat(pictures(again, 0, 5, 7))
                        .as("by another that was opened")
                        .usingRecursiveComparison()
                        .isEqualTo(pictures(first, 0, 5, 7));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void seedsAndPicturesDiffer(Run run) {
        try (Generator generator = run.open()) {
            List<String> all = new ArrayList<>();
            for (long seed : new long[] {0, 1, 2, -1, Long.MAX_VALUE}) {
                List<byte[]> pictures = pictures(generator, 0, 4, seed);
                for (int i = 0; i < 4; i++) {
                    all.add(Arrays.toString(pictures.get(i)));
                }
            }
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesAreThePicturesInTheRecipesFormat(Run run) {
        try (Generator generator = run.open()) {
            List<BufferedImage> images = generator.images(3, 5);
            List<byte[]> pictures = pictures(generator, 0, 3, 5);
            assertThat(images).hasSize(3);
            int side = Image.of(generator.recipe().data()).size();
            int channels = Image.of(generator.recipe().data()).channels();
            for (int i = 0; i < 3; i++) {
                BufferedImage image = images.get(i);
                assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(side, side);
                assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
                byte[] bytes = pictures.get(i);
                for (int c = 0; c < channels; c++) {
                    int[] plane = image.getRaster().getSamples(0, 0, side, side, c, (int[]) null);
                    for (int at = 0; at < plane.length; at++) {
                        assertThat(plane[at]).isEqualTo(bytes[c * plane.length + at] & 255);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreThePictureInTheNetworksOwnRange(Run run) {
        float low = run.name().contains("TANH") ? -1 : 0;
        try (Generator generator = run.open()) {
            float[] values = generator.values(7, 3);
            byte[] picture = pictures(generator, 3, 1, 7).get(0);
            assertThat(values).hasSameSizeAs(picture);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isBetween(low, 1f);
                // Rounded to the nearest; at a half, float32's own rounding decides which.
                assertThat((picture[i] & 255) - (values[i] - low) * 255.0 / (1 - low))
                        .isBetween(-0.501, 0.501);
            }
            List<Float> sorted = new ArrayList<>();
            for (float value : values) {
                sorted.add(value);
            }
            assertThat(sorted.stream().anyMatch(value -> value < low + 0.5 * (1 - low)))
                    .as("dark")
                    .isTrue();
            assertThat(sorted.stream().anyMatch(value -> value > low + 0.5 * (1 - low)))
                    .as("bright")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWalkEndsAtItsPictures(Run run) {
        try (Generator generator = run.open();
                Scope scope = Scope.open()) {
            List<byte[]> ends = pictures(generator, 0, 6, 9);
            List<byte[]> walks = pictures(generator.codec().natural(generator.interpolations(3, 5, 9, Generator.ANY)));
            assertThat(walks).hasSize(15);
            for (int walk = 0; walk < 3; walk++) {
                assertSame(walks.get(walk * 5), ends.get(2 * walk));
                assertSame(walks.get(walk * 5 + 4), ends.get(2 * walk + 1));
                assertThat(walks.get(walk * 5 + 2)).isNotEqualTo(ends.get(2 * walk));
                assertThat(walks.get(walk * 5 + 2)).isNotEqualTo(ends.get(2 * walk + 1));
            }
        }
    }

    @Test
    void theAverageAndTheNewestWeightsDrawDifferently() {
        RunDirectory run = RunDirectory.open(Run.NORMAL_SIGMOID.path());
        try (Generator average = Generator.open(run, Weights.NEWEST);
                Generator newest = Generator.open(run, Weights.NEWEST.live())) {
            assertThat(average.values(1, 0)).isNotEqualTo(newest.values(1, 0));
        }
        // A run that kept no average has only the newest.
        RunDirectory plain = RunDirectory.open(Run.UNIFORM_SIGMOID.path());
        try (Generator average = Generator.open(plain, Weights.NEWEST);
                Generator newest = Generator.open(plain, Weights.NEWEST.live())) {
            assertThat(average.values(1, 0)).isEqualTo(newest.values(1, 0));
        }
    }

    @Test
    void knowsItsRecipeAndStep() {
        try (Generator generator = Run.NORMAL_TANH.open()) {
            assertThat(generator.step()).isEqualTo(12);
            assertThat(generator.recipe().name()).isEqualTo("mnist-dcgan");
        }
    }

    @Test
    void aClassNeedsARunWithClasses() {
        try (Generator generator = Run.NORMAL_TANH.open()) {
            Complaint.of(() -> generator.images(1, 7, 3)).contains("not trained with labels");
        }
    }

    /** A call that is at work, however many batches it makes, ends as if nobody had closed. */
    @Test
    void closingWaitsForAWholeCall() throws Exception {
        Generator generator = Run.NORMAL_TANH.open();
        FutureTask<List<BufferedImage>> call = new FutureTask<>(() -> generator.images(5000, 7));
        Thread thread = new Thread(call);
        thread.start();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        while (threads.getThreadCpuTime(thread.getId()) < 20_000_000 && !call.isDone()) {
            Thread.sleep(1);
        }
        assertThat(call.isDone()).as("it is still at work").isFalse();
        generator.close();
        assertThat(call.get()).hasSize(5000);
    }

    @Test
    void countsThatMakeNoPictureAreTheUsersMistake() {
        try (Generator generator = Run.NORMAL_SIGMOID.open()) {
            assertThatThrownBy(() -> generator.images(0, 1))
                    .isInstanceOf(UserError.class)
                    .hasMessage("count must be at least 1; found 0.");
            assertThatThrownBy(() -> generator.samples(0, -3, 1)).isInstanceOf(UserError.class);
            assertThatThrownBy(() -> generator.interpolations(0, 5, 1, Generator.ANY))
                    .isInstanceOf(UserError.class);
            assertThatThrownBy(() -> generator.interpolations(2, 1, 1, Generator.ANY))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("at least 2 samples");
        }
    }

    @Test
    void aDamagedCheckpointIsNotReplacedByAnOlderOne(@TempDir Path other) throws IOException {
        Recipe recipe = Tiny.mlp(folder.resolve("pictures"));
        Path path = Gander.train(recipe, other.resolve("run")).run();
        Files.delete(path.resolve("checkpoints").resolve("step-00000012").resolve("state.safetensors"));
        Complaint.of(() -> Gander.open(path))
                .contains("step-00000012 is damaged", "or remove its folder to use the one of step 8.");
        try (Generator generator = Generator.open(RunDirectory.open(path), Weights.NEWEST.at(8))) {
            assertThat(generator.step()).isEqualTo(8);
        }
    }

    @Test
    void aRecipeOfAnotherNetworkIsRefused(@TempDir Path other) throws IOException {
        Path path = Gander.train(Tiny.mlp(folder.resolve("pictures")), other.resolve("run"))
                .run();
        Path yaml = path.resolve("recipe.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceFirst("hidden: \\[12\\]", "hidden: [13]"));
        assertThatThrownBy(() -> Gander.open(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another network");
    }

    /** What was fitted to the data lies in the run: the data may be gone. */
    @Test
    void aRunWithClassesIsOpenedWithoutItsData(@TempDir Path other) throws IOException {
        Path pictures = other.resolve("pictures");
        Tiny.pictures(pictures.resolve("cats"));
        Tiny.pictures(pictures.resolve("dogs"));
        Recipe recipe = Tiny.dcgan(pictures).with("objective.labels", "projection");
        Path path = Gander.train(recipe, other.resolve("run")).run();
        try (Stream<Path> files = Files.walk(pictures)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }

        assertThat(Files.readString(path.resolve("recipe.yaml"))).doesNotContain("cats");
        assertThat(RunDirectory.open(path).codec().path("shape").toString()).isEqualTo("[1,8,8]");
        try (Generator generator = Gander.open(path);
                Scope scope = Scope.open()) {
            assertThat(generator.classes()).containsExactly("cats", "dogs");
            assertThat(generator.label("dogs")).isEqualTo(1);
            assertThat(generator.codec().shape()).isEqualTo(Shape.of(1, 8, 8));
            float[] all = generator.made(0, 4, 3, Generator.ANY).toArray();
            float[] dogs = generator.made(0, 4, 3, 1).toArray();
            assertThat(Arrays.copyOfRange(all, 64, 128))
                    .as("sample 1 is a dog in both")
                    .usingComparatorWithPrecision(1e-5F)
                    .containsExactly(Arrays.copyOfRange(dogs, 64, 128));
            assertThat(Arrays.copyOf(all, 64)).isNotEqualTo(Arrays.copyOf(dogs, 64));
            assertThatThrownBy(() -> generator.label("dgos"))
                    .isInstanceOf(UserError.class)
                    .hasMessageEndingWith("Did you mean 'dogs'?");
        }
    }

    @Test
    void aRunWithoutWhatWasFittedIsTheUsersToRestore(@TempDir Path other) throws IOException {
        Path path = Gander.train(Tiny.mlp(folder.resolve("pictures")), other.resolve("run"))
                .run();
        Files.delete(path.resolve("codec.json"));

        assertThatThrownBy(() -> Gander.open(path))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("codec.json")
                .hasMessageContaining("restore it from a copy");
    }
}
