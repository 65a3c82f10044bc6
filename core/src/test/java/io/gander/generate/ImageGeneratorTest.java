package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.data.Pictures;
import io.gander.error.UserError;
import io.gander.recipe.Recipe;
import io.gander.run.RunDirectory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageGeneratorTest {
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

        ImageGenerator open() {
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

    private static byte[] picture(Pictures pictures, int index) {
        int bytes = pictures.pixels().length / pictures.count();
        return Arrays.copyOfRange(pictures.pixels(), index * bytes, (index + 1) * bytes);
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
        try (ImageGenerator generator = run.open()) {
            Pictures many = generator.pictures(0, 70, 7); // more than go through the network together
            for (int i : new int[] {0, 1, 63, 64, 69}) {
                assertSame(picture(generator.pictures(i, 1, 7), 0), picture(many, i));
            }
            assertSame(picture(generator.pictures(60, 10, 7), 9), picture(many, 69));
            assertThat(generator.pictures(0, 70, 7).pixels()).as("again").isEqualTo(many.pixels());
        }
        try (ImageGenerator again = run.open()) {
            try (ImageGenerator first = run.open()) {
                assertThat(again.pictures(0, 5, 7).pixels())
                        .as("by another that was opened")
                        .isEqualTo(first.pictures(0, 5, 7).pixels());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void seedsAndPicturesDiffer(Run run) {
        try (ImageGenerator generator = run.open()) {
            List<String> all = new ArrayList<>();
            for (long seed : new long[] {0, 1, 2, -1, Long.MAX_VALUE}) {
                Pictures pictures = generator.pictures(0, 4, seed);
                for (int i = 0; i < 4; i++) {
                    all.add(Arrays.toString(picture(pictures, i)));
                }
            }
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void imagesAreThePicturesInTheRecipesFormat(Run run) {
        try (ImageGenerator generator = run.open()) {
            List<BufferedImage> images = generator.images(3, 5);
            Pictures pictures = generator.pictures(0, 3, 5);
            assertThat(images).hasSize(3);
            int side = generator.recipe().data().size();
            int channels = generator.recipe().data().channels();
            for (int i = 0; i < 3; i++) {
                BufferedImage image = images.get(i);
                assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(side, side);
                assertThat(image.getRaster().getNumBands()).isEqualTo(channels);
                byte[] bytes = picture(pictures, i);
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
        try (ImageGenerator generator = run.open()) {
            float[] values = generator.values(7, 3);
            byte[] picture = picture(generator.pictures(3, 1, 7), 0);
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
        try (ImageGenerator generator = run.open()) {
            Pictures ends = generator.pictures(0, 6, 9);
            Pictures walks = generator.interpolations(3, 5, 9);
            assertThat(walks.count()).isEqualTo(15);
            for (int walk = 0; walk < 3; walk++) {
                assertSame(picture(walks, walk * 5), picture(ends, 2 * walk));
                assertSame(picture(walks, walk * 5 + 4), picture(ends, 2 * walk + 1));
                assertThat(picture(walks, walk * 5 + 2)).isNotEqualTo(picture(ends, 2 * walk));
                assertThat(picture(walks, walk * 5 + 2)).isNotEqualTo(picture(ends, 2 * walk + 1));
            }
        }
    }

    @Test
    void theAverageAndTheNewestWeightsDrawDifferently() {
        RunDirectory run = RunDirectory.open(Run.NORMAL_SIGMOID.path());
        try (ImageGenerator average = ImageGenerator.open(run, true, warning -> {});
                ImageGenerator newest = ImageGenerator.open(run, false, warning -> {})) {
            assertThat(average.values(1, 0)).isNotEqualTo(newest.values(1, 0));
        }
        // A run that kept no average has only the newest.
        RunDirectory plain = RunDirectory.open(Run.UNIFORM_SIGMOID.path());
        try (ImageGenerator average = ImageGenerator.open(plain, true, warning -> {});
                ImageGenerator newest = ImageGenerator.open(plain, false, warning -> {})) {
            assertThat(average.values(1, 0)).isEqualTo(newest.values(1, 0));
        }
    }

    @Test
    void knowsItsRecipeAndStep() {
        try (ImageGenerator generator = Run.NORMAL_TANH.open()) {
            assertThat(generator.step()).isEqualTo(12);
            assertThat(generator.recipe().name()).isEqualTo("mnist-dcgan");
        }
    }

    @Test
    void countsThatMakeNoPictureAreTheUsersMistake() {
        try (ImageGenerator generator = Run.NORMAL_SIGMOID.open()) {
            assertThatThrownBy(() -> generator.images(0, 1))
                    .isInstanceOf(UserError.class)
                    .hasMessage("--count must be at least 1; found 0.");
            assertThatThrownBy(() -> generator.pictures(0, -3, 1)).isInstanceOf(UserError.class);
            assertThatThrownBy(() -> generator.interpolations(0, 5, 1)).isInstanceOf(UserError.class);
            assertThatThrownBy(() -> generator.interpolations(2, 1, 1))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("at least 2 pictures");
        }
    }

    @Test
    void aDamagedCheckpointIsPassedOverWithAWarning(@TempDir Path other) throws IOException {
        Recipe recipe = Tiny.mlp(folder.resolve("pictures"));
        Path path = Gander.train(recipe, other.resolve("run")).run();
        Files.delete(path.resolve("checkpoints").resolve("step-00000012").resolve("state.safetensors"));
        List<String> warnings = new ArrayList<>();
        try (ImageGenerator generator = ImageGenerator.open(RunDirectory.open(path), true, warnings::add)) {
            assertThat(generator.step()).isEqualTo(8);
        }
        assertThat(warnings).singleElement().asString().contains("step-00000012 is damaged");
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
}
