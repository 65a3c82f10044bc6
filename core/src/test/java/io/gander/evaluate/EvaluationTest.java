package io.gander.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Gander;
import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.generate.ImageTranslator;
import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.metric.Channels;
import io.gander.metric.PairMeasures;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final PairMeasures MEASURES = new PairMeasures(Channels.RGB, 0, null);
    private static Path folder = Path.of("");

    @BeforeAll
    static void train(@TempDir Path temporary) {
        folder = temporary;
        train("restore", """
                degrade: {noise: 30}
                generator: {architecture: unet, width: 2}
                """);
        train("larger", "generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}\n");
    }

    private static void train(String name, String rest) {
        String path = Tiny.quoted(Tiny.pictures(folder.resolve("pictures")).toString());
        String yaml = "game: paired\ndata: {path: " + path + ", size: 16, channels: 3}\n" + rest + """
                discriminator: {architecture: patchgan, width: 2, layers: 1}
                train: {steps: 2, batch: 4, threads: 1, samples: 2}
                """;
        Gander.train(Recipe.parse(name, yaml, name, StandardCatalogue.INSTANCE), folder.resolve(name));
    }

    private static Bitmap noise(int side, int seed) {
        byte[] pixels = new byte[3 * side * side];
        new Random(seed).nextBytes(pixels);
        return new Bitmap(pixels, 3, side, side);
    }

    private static Bitmap plain(int side, int... colour) {
        byte[] pixels = new byte[3 * side * side];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) colour[i % 3];
        }
        return new Bitmap(pixels, 3, side, side);
    }

    @Test
    void eachRowIsTheMeanOverItsPictures() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            List<Map<String, Double>> outputs = new ArrayList<>();
            List<Map<String, Double>> inputs = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Trial trial = new Trial("trial", noise(16, i), noise(16, 10 + i));
                evaluation.add(trial);
                outputs.add(MEASURES.of(translator.translate(trial.input()), trial.truth()));
                inputs.add(MEASURES.of(trial.input(), trial.truth()));
            }
            assertThat(evaluation.count()).isEqualTo(3);
            Map<String, Map<String, Double>> result = evaluation.result();
            assertThat(result).containsOnlyKeys("output", "input", "mean colour");
            assertThat(result).containsEntry("output", PairMeasures.mean(outputs));
            assertThat(result).containsEntry("input", PairMeasures.mean(inputs));
            assertThat(evaluation.result()).isEqualTo(result);
        }
    }

    /** Two plain truths, (0, 100, 40) and (40, 100, 140): their mean is (20, 100, 90), l1 = (20 + 0 + 50) / 3 / 255. */
    @Test
    void theMeanColourIsThatOfAllTruths() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            evaluation.add(new Trial("a", noise(16, 1), plain(16, 0, 100, 40)));
            evaluation.add(new Trial("b", noise(16, 2), plain(16, 40, 100, 140)));
            evaluation.addMeanColour(plain(16, 0, 100, 40));
            evaluation.addMeanColour(plain(16, 40, 100, 140));

            Map<String, Double> mean = evaluation.result().getOrDefault("mean colour", Map.of());
            assertThat(mean.getOrDefault("l1", -1.0)).isCloseTo(70 / 3.0 / 255, within(1e-12));
            assertThat(mean.getOrDefault("psnr", -1.0))
                    .isCloseTo(10 * Math.log10(255 * 255 / ((400 + 0 + 2500) / 3.0)), within(1e-9));
        }
    }

    @Test
    void equalPicturesHaveAnInfinitePsnr() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            Bitmap same = plain(16, 9, 8, 7);
            evaluation.add(new Trial("same", same, same));
            evaluation.addMeanColour(same);

            Map<String, Map<String, Double>> result = evaluation.result();
            for (String row : List.of("input", "mean colour")) {
                assertThat(result.getOrDefault(row, Map.of()))
                        .containsEntry("l1", 0.0)
                        .containsEntry("psnr", Double.POSITIVE_INFINITY)
                        .containsEntry("ssim", 1.0);
            }
        }
    }

    @Test
    void smallInputsAreEnlargedBicubically() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("larger"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            Bitmap truth = noise(24, 1);
            Bitmap input = Bicubic.resize(truth, 12, 12);
            evaluation.add(new Trial("one", input, truth));

            assertThat(evaluation.result())
                    .containsEntry("input", MEASURES.of(Bicubic.resize(input, 24, 24), truth))
                    .containsEntry("output", MEASURES.of(translator.translate(input), truth));
        }
    }

    @Test
    void theSheetShowsPicturesFromAllPartsAsInputOutputTruth() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            List<Trial> trials = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                trials.add(new Trial("trial", noise(16, i), noise(16, 20 + i)));
            }
            trials.forEach(evaluation::add);

            BufferedImage sheet = evaluation.sheet();
            assertThat(sheet.getWidth()).isEqualTo(3 * 18 + 2);
            assertThat(sheet.getHeight()).isEqualTo(10 * 18 + 2);
            for (int i = 0; i < 10; i++) {
                Trial trial = trials.get(2 * i);
                assertThat(cell(sheet, 0, i, 16)).isEqualTo(trial.input().pixels());
                assertThat(cell(sheet, 1, i, 16))
                        .isEqualTo(translator.translate(trial.input()).pixels());
                assertThat(cell(sheet, 2, i, 16)).isEqualTo(trial.truth().pixels());
            }
        }
    }

    @Test
    void theSheetShowsTheMiddleOfLargePictures() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Evaluation evaluation = new Evaluation(translator, MEASURES);
            Bitmap large = noise(400, 1);
            evaluation.add(new Trial("large", large, large));
            evaluation.add(new Trial("small", noise(16, 1), noise(16, 2)));

            BufferedImage sheet = evaluation.sheet();
            assertThat(sheet.getHeight()).isEqualTo(2 * 386 + 2);
            assertThat(cell(sheet, 2, 0, 384))
                    .isEqualTo(large.crop(8, 8, 384, 384).pixels());
        }
    }

    @Test
    void whatCannotBeComparedIsNamed() {
        try (ImageTranslator translator = Gander.translator(folder.resolve("restore"))) {
            Trial trial = new Trial("trial", noise(16, 1), noise(16, 2));
            Complaint.of(() -> new Evaluation(translator, new PairMeasures(Channels.Y, 8, null)).add(trial))
                    .contains("pixels without 8 pixels on every side");
            Complaint.of(() -> new Evaluation(translator, new PairMeasures(Channels.RGB, 3, null)).add(trial))
                    .contains("11×11", "10×10");
        }
    }

    /** A picture of the sheet, of three columns. */
    private static byte[] cell(BufferedImage sheet, int column, int row, int side) {
        int pitch = side + 2;
        return Bitmap.of(sheet.getSubimage(2 + column * pitch, 2 + row * pitch, side, side))
                .withChannels(3)
                .pixels();
    }
}
