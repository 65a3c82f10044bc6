package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.generate.ImageTranslator.Options;
import io.gander.generate.ImageTranslator.Scale;
import io.gander.image.Bitmap;
import io.gander.modality.Image;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageTranslatorTest {
    private static Path folder;

    /** Learns little in three steps, but something. */
    private static final String TRAIN = """
            train:
              steps: 3
              batch: 4
              threads: 1
              samples: 2
              checkpoint-every: 1
              keep-checkpoints: 9
              generator: {lr: 0.02}
            """;

    private static final String JUDGE = "discriminator: {architecture: patchgan, width: 2, layers: 1}\n";

    @BeforeAll
    static void train(@TempDir Path temporary) {
        folder = temporary;
        String files =
                "path: " + Tiny.quoted(Tiny.pictures(folder.resolve("pictures")).toString());
        String more = Tiny.quoted(Tiny.pictures(folder.resolve("more")).toString());
        train("colourise", "data: {" + files + ", size: 8, channels: 3}\n" + JUDGE + """
                game: paired
                degrade: {grey: true}
                generator: {architecture: unet, width: 2}
                """ + TRAIN);
        train("restore", "data: {" + files + ", size: 8, channels: 1, tiles: 1}\n" + JUDGE + """
                game: paired
                degrade: {blocks: 0.25, block-size: 2}
                generator: {architecture: encoder-decoder, width: 2, bottleneck: 4}
                """ + TRAIN);
        train("larger", "data: {" + files + ", size: 8, channels: 3, tiles: 1}\n" + JUDGE + """
                game: paired
                generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
                """ + TRAIN);
        train(
                "both",
                "data: {" + files + ", second: " + more + ", pairs: unpaired, size: 8, channels: 3}\n" + JUDGE + """
                game: unpaired
                generator: {architecture: resnet, width: 2, blocks: 1}
                """
                        + TRAIN + "  ema: 0.9\n");
    }

    private static void train(String name, String yaml) {
        Gander.train(Recipe.parse(name, yaml, name, StandardCatalogue.INSTANCE), folder.resolve(name));
    }

    private static ImageTranslator open(String run, Options options) {
        return Gander.translator(folder.resolve(run), options);
    }

    private static Options options(Scale scale) {
        return new Options(Weights.NEWEST, false, scale, false, 1);
    }

    private static Bitmap noise(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        new Random(3).nextBytes(pixels);
        return new Bitmap(pixels, channels, height, width);
    }

    @ParameterizedTest
    @CsvSource({
        "colourise, TRAINED, 40, 20, 40, 20",
        "colourise, SMALL, 40, 20, 16, 8",
        "colourise, SMALL, 1, 3, 1, 3",
        "colourise, NATIVE, 41, 19, 41, 19",
        "restore, TRAINED, 41, 19, 41, 19",
        "restore, SMALL, 41, 19, 41, 19",
        "larger, TRAINED, 41, 1, 82, 2",
        "larger, NATIVE, 41, 19, 82, 38",
        "both, TRAINED, 5, 19, 5, 19",
        "both, SMALL, 33, 17, 16, 8"
    })
    void resultsHaveTheSizeThatWasForetold(
            String run, Scale scale, int width, int height, int newWidth, int newHeight) {
        try (ImageTranslator translator = open(run, options(scale))) {
            Bitmap result = translator.translate(noise(3, height, width));
            assertThat(translator.size(width, height)).isEqualTo(new ImageTranslator.Size(newWidth, newHeight));
            assertThat(result.width()).isEqualTo(newWidth);
            assertThat(result.height()).isEqualTo(newHeight);
            assertThat(result.channels())
                    .isEqualTo(Image.of(translator.recipe().data()).channels());
        }
    }

    @Test
    void theDefaultIsTheScaleOfTraining() {
        Bitmap picture = noise(3, 16, 24);
        try (ImageTranslator usual = Gander.translator(folder.resolve("both"));
                ImageTranslator small = open("both", options(Scale.SMALL))) {
            Bitmap shrunk = io.gander.image.Resize.LANCZOS.apply(picture, 12, 8);
            Bitmap made = small.translate(shrunk);
            assertThat(small.translate(picture).pixels()).isEqualTo(made.pixels());
            assertThat(usual.translate(picture).pixels())
                    .isEqualTo(
                            io.gander.image.Resize.LANCZOS.apply(made, 24, 16).pixels());
        }
    }

    @Test
    void bothDirectionsOfAnUnpairedRunDiffer() {
        Bitmap picture = noise(3, 8, 8);
        Options back = new Options(Weights.NEWEST, true, Scale.TRAINED, false, 1);
        try (ImageTranslator there = Gander.translator(folder.resolve("both"));
                ImageTranslator home = open("both", back)) {
            assertThat(there.translate(picture).pixels())
                    .isNotEqualTo(home.translate(picture).pixels());
        }
    }

    @Test
    void averageAndStepChooseTheWeights() {
        Bitmap picture = noise(3, 8, 8);
        try (ImageTranslator usual = Gander.translator(folder.resolve("both"));
                ImageTranslator live =
                        open("both", new Options(Weights.NEWEST.live(), false, Scale.TRAINED, false, 1));
                ImageTranslator first =
                        open("both", new Options(Weights.NEWEST.at(1), false, Scale.TRAINED, false, 1));
                ImageTranslator last =
                        open("both", new Options(Weights.NEWEST.at(3), false, Scale.TRAINED, false, 1))) {
            byte[] pixels = usual.translate(picture).pixels();
            assertThat(first.step()).isEqualTo(1);
            assertThat(last.step()).isEqualTo(usual.step()).isEqualTo(3);
            assertThat(last.translate(picture).pixels()).isEqualTo(pixels);
            assertThat(first.translate(picture).pixels()).isNotEqualTo(pixels);
            assertThat(live.translate(picture).pixels()).isNotEqualTo(pixels);
        }
    }

    @Test
    void colourisationSeesGrey() {
        Bitmap picture = noise(3, 8, 8);
        try (ImageTranslator translator = Gander.translator(folder.resolve("colourise"))) {
            Bitmap grey = picture.withChannels(1);
            assertThat(translator.prepared(picture).pixels())
                    .isEqualTo(grey.withChannels(3).pixels());
            assertThat(translator.translate(picture).pixels())
                    .isEqualTo(translator.translate(grey).pixels());
        }
    }

    @Test
    void colourisationLeavesTheLightOfALargePicture() {
        byte[] pixels = new byte[40 * 24];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 2 == 0 ? 120 : 135); // finer than what the network sees
        }
        Bitmap picture = new Bitmap(pixels, 1, 24, 40);
        try (ImageTranslator translator = Gander.translator(folder.resolve("colourise"))) {
            byte[] light = translator.translate(picture).withChannels(1).pixels();
            for (int i = 0; i < pixels.length; i++) {
                assertThat((int) light[i] & 255).isCloseTo(pixels[i] & 255, within(1));
            }
        }
    }

    @Test
    void goodPicturesAreMadeBadOnlyOnDemand() {
        Bitmap picture = noise(1, 20, 30);
        Options degrade = new Options(Weights.NEWEST, false, Scale.TRAINED, true, 1);
        try (ImageTranslator usual = Gander.translator(folder.resolve("restore"));
                ImageTranslator bad = open("restore", degrade)) {
            assertThat(usual.prepared(picture).pixels()).isEqualTo(picture.pixels());
            byte[] left = bad.prepared(picture).pixels();
            int grey = 0;
            for (int i = 0; i < left.length; i++) {
                boolean same = left[i] == picture.pixels()[i];
                assertThat(same || (left[i] & 255) == 128).isTrue();
                grey += same ? 0 : 1;
            }
            assertThat(grey / 600.0).isBetween(0.2, 0.3); // blocks at the border are cut
            assertThat(bad.prepared(picture).pixels()).isEqualTo(left);
        }
        try (ImageTranslator small = open("larger", degrade)) {
            assertThat(small.prepared(noise(3, 9, 14)).width()).isEqualTo(7);
            assertThat(small.size(14, 9)).isEqualTo(new ImageTranslator.Size(14, 8));
            assertThat(small.translate(noise(3, 9, 14)).height()).isEqualTo(8);
            assertThatThrownBy(() -> small.translate(noise(3, 1, 9)))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("9×1");
        }
    }

    @Test
    void picturesOfJavaGoInAndComeOut() {
        Bitmap picture = noise(3, 19, 21);
        try (ImageTranslator translator = Gander.translator(folder.resolve("both"))) {
            BufferedImage image = translator.translate(picture.toImage());
            assertThat(Bitmap.of(image).pixels())
                    .isEqualTo(translator.translate(picture).pixels());
        }
    }

    @Test
    void mistakesAreSentences() {
        Options back = new Options(Weights.NEWEST, true, Scale.TRAINED, false, 1);
        Options degrade = new Options(Weights.NEWEST, false, Scale.TRAINED, true, 1);
        Options step = new Options(Weights.NEWEST.at(7), false, Scale.TRAINED, false, 1);
        refuses("restore", back, "--back", "one direction");
        refuses("both", degrade, "--degrade", "degrades nothing");
        refuses("restore", step, "no checkpoint of step 7", "steps 0, 1, 2, 3.");
        Path noise = folder.resolve("noise");
        Gander.train(Tiny.mlp(folder.resolve("pictures")).with("train.steps", 1), noise);
        refuses("noise", Options.DEFAULT, "from noise", "gander generate " + noise);
        assertThatThrownBy(() -> Gander.open(folder.resolve("both")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("gander translate " + folder.resolve("both"));
    }

    private static void refuses(String run, Options options, String... says) {
        assertThatThrownBy(() -> open(run, options))
                .isInstanceOf(UserError.class)
                .hasMessageContainingAll(says);
    }
}
