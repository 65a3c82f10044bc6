package io.gander.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Tiny;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import io.gander.image.Bicubic;
import io.gander.image.Bitmap;
import io.gander.recipe.Recipe;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {
    private static final String COLOURISE = """
            game: paired
            degrade: {grey: true}
            generator: {architecture: unet, width: 2}
            """;
    private static final String ENLARGE = """
            game: paired
            generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
            """;

    private final Path folder;

    TrialsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Recipe recipe(String data, String rest) {
        String yaml = "data: {" + data + "}\n" + rest + """
                discriminator: {architecture: patchgan, width: 2, layers: 1}
                train: {steps: 1}
                """;
        return Recipe.parse("mine", yaml, "mine.yaml", StandardCatalogue.INSTANCE);
    }

    private static String at(Path path) {
        return "path: " + Tiny.quoted(path.toString()) + ", size: 8";
    }

    private static Trials trials(Recipe recipe) {
        return new Trials(recipe, DataListener.SILENT);
    }

    /** Collects what comes, and checks that it is counted. */
    private static final class Basket implements Trials.Taker {
        private final List<Trial> trials = new ArrayList<>();
        private int announced;

        @Override
        public void take(Trial trial, int number, int count) {
            trials.add(trial);
            announced = count;
            assertThat(number).isEqualTo(trials.size());
        }

        Trial get(int index) {
            assertThat(trials).hasSize(announced);
            return trials.get(index);
        }
    }

    private static Basket whole(Recipe recipe, Path good, @Nullable Path inputs) {
        Basket basket = new Basket();
        trials(recipe).whole(good, inputs, basket);
        return basket;
    }

    private static Basket prepared(Recipe recipe, Path path, @Nullable Path second) {
        Basket basket = new Basket();
        trials(recipe).prepared(path, second, basket);
        return basket;
    }

    private static byte[] grey(Bitmap picture) {
        return picture.withChannels(1).withChannels(picture.channels()).pixels();
    }

    @Test
    void heldOutExamplesAreThoseThatTrainingDoesNotSee() {
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        Recipe recipe = recipe(at(pictures) + ", channels: 3, held-out: 20", COLOURISE);
        Dataset expected = Datasets.split(recipe.data(), DataListener.SILENT, () -> false)
                .get(0)
                .heldOut();
        Basket basket = new Basket();
        trials(recipe).heldOut(0, "", basket);

        assertThat(basket.trials).hasSize(expected.count()).hasSize(4);
        for (int i = 0; i < expected.count(); i++) {
            byte[] planes = new byte[expected.codec().bytes()];
            expected.read(i, planes, 0);
            Trial trial = basket.get(i);
            assertThat(trial.truth().pixels())
                    .isEqualTo(Bitmap.ofPlanes(planes, 0, 3, 8, 8).pixels());
            assertThat(trial.input().pixels()).isEqualTo(grey(trial.truth()));
        }
    }

    @Test
    void whatIsHeldOutOfOtherPicturesIsWorthAWarning() {
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        Recipe recipe = recipe(at(pictures) + ", channels: 3, held-out: 20", COLOURISE);
        List<String> warnings = new ArrayList<>();
        Trials trials = new Trials(recipe, new DataListener() {
            @Override
            public void onWarning(String sentence) {
                warnings.add(sentence);
            }
        });
        String now =
                Datasets.open(recipe.data(), DataListener.SILENT, () -> false).fingerprint();
        trials.heldOut(0, now, new Basket());
        assertThat(warnings).isEmpty();
        trials.heldOut(0, "of yesterday", new Basket());
        assertThat(warnings).singleElement().asString().contains("the data changed", "learnt from");
    }

    @Test
    void whereNothingWasHeldOutThereIsNothingToTry() {
        Recipe recipe = recipe(at(Tiny.pictures(folder.resolve("pictures"))), COLOURISE);
        Complaint.of(() -> trials(recipe).heldOut(0, "", new Basket()))
                .isEqualTo("no example was held out of training: name other pictures with --data, or train with"
                        + " data.held-out: 10.");
    }

    @Test
    void otherPicturesArePreparedAsForTraining() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        save(other.resolve("wide.png"), 24, 8, 1);
        Recipe recipe = recipe(at(folder.resolve("absent")) + ", channels: 3, load-size: 8", COLOURISE);

        Trial trial = prepared(recipe, other, null).get(0);
        Bitmap wide = Bitmap.of(ImageIO.read(other.resolve("wide.png").toFile()));
        assertThat(trial.truth().pixels()).isEqualTo(wide.crop(8, 0, 8, 8).pixels());
        assertThat(trial.input().pixels()).isEqualTo(grey(trial.truth()));
    }

    @Test
    void pairsComeInTheDirectionOfTheRecipe() throws IOException {
        Path pairs = Files.createDirectory(folder.resolve("pairs"));
        save(pairs.resolve("pair.png"), 16, 8, 2);
        Bitmap both = Bitmap.of(ImageIO.read(pairs.resolve("pair.png").toFile()));
        byte[] left = both.crop(0, 0, 8, 8).pixels();
        byte[] right = both.crop(8, 0, 8, 8).pixels();
        String game = "game: paired\ngenerator: {architecture: unet, width: 2}\n";
        String data = at(folder.resolve("absent")) + ", channels: 3, pairs: side-by-side, direction: ";

        Trial there = prepared(recipe(data + "a-to-b", game), pairs, null).get(0);
        assertThat(there.input().pixels()).isEqualTo(left);
        assertThat(there.truth().pixels()).isEqualTo(right);
        Trial back = prepared(recipe(data + "b-to-a", game), pairs, null).get(0);
        assertThat(back.input().pixels()).isEqualTo(right);
        assertThat(back.truth().pixels()).isEqualTo(left);
        Recipe named = recipe(data.replaceFirst("path: [^,]*, ", "name: maps, ") + "a-to-b", game);
        assertThat(prepared(named, pairs, null).get(0).input().pixels()).isEqualTo(left);
    }

    @Test
    void twoFoldersMakePairsToo() throws IOException {
        Path a = Files.createDirectory(folder.resolve("a"));
        Path b = Files.createDirectory(folder.resolve("b"));
        save(a.resolve("1.png"), 8, 8, 1);
        save(b.resolve("1.png"), 8, 8, 2);
        Recipe recipe = recipe(
                at(folder.resolve("absent")) + ", channels: 3, pairs: by-name, second: gone",
                "game: paired\ngenerator: {architecture: unet, width: 2}\n");

        Trial trial = prepared(recipe, a, b).get(0);
        assertThat(trial.input().pixels()).isEqualTo(pixels(a.resolve("1.png")));
        assertThat(trial.truth().pixels()).isEqualTo(pixels(b.resolve("1.png")));
    }

    @Test
    void unpairedPicturesStandForThemselves() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        save(other.resolve("1.png"), 8, 8, 1);
        Recipe recipe = recipe(
                at(folder.resolve("absent")) + ", channels: 3, pairs: unpaired, second: gone",
                "game: unpaired\ngenerator: {architecture: resnet, width: 2, blocks: 1}\n");

        Trial trial = prepared(recipe, other, null).get(0);
        assertThat(trial.input().pixels()).isEqualTo(trial.truth().pixels()).isEqualTo(pixels(other.resolve("1.png")));
    }

    @Test
    void wholePicturesLoseWhatTheScaleDoesNotDivide() throws IOException {
        Path good = Files.createDirectory(folder.resolve("good"));
        save(good.resolve("odd.png"), 9, 7, 1);
        Recipe recipe = recipe(at(good) + ", channels: 3", ENLARGE);

        Trial trial = whole(recipe, good, null).get(0);
        Bitmap cut = Bitmap.of(ImageIO.read(good.resolve("odd.png").toFile())).crop(0, 0, 8, 6);
        assertThat(trial.name()).isEqualTo("odd.png");
        assertThat(trial.truth().pixels()).isEqualTo(cut.pixels());
        byte[] small = Bicubic.resize(cut, 4, 3).pixels();
        assertThat(trial.input().pixels()).hasSameSizeAs(small);
        for (int i = 0; i < small.length; i++) { // the engine shrinks in single precision
            assertThat(trial.input().pixels()[i] & 255).isCloseTo(small[i] & 255, within(1));
        }
    }

    @Test
    void givenInputsAreTakenAsTheyAre() throws IOException {
        Path good = Files.createDirectory(folder.resolve("good"));
        Path small = Files.createDirectory(folder.resolve("small"));
        save(good.resolve("1.png"), 9, 7, 1);
        save(good.resolve("2.png"), 8, 8, 2);
        save(small.resolve("1x2.png"), 4, 3, 3);
        Recipe recipe = recipe(at(good) + ", channels: 3", ENLARGE);

        Complaint.of(() -> whole(recipe, good, small))
                .isEqualTo("input: '" + small + "' holds 1 pictures for 2 in --data.");
        save(small.resolve("2x2.png"), 3, 4, 4);
        Complaint.of(() -> whole(recipe, good, small))
                .startsWith("'2.png' has 8×8 pixels, and its input 3×4: that is not 1/2 of it.");
        save(small.resolve("2x2.png"), 4, 4, 4);
        Basket basket = whole(recipe, good, small);
        assertThat(basket.get(0).input().pixels()).isEqualTo(pixels(small.resolve("1x2.png")));
        assertThat(basket.get(1).input().pixels()).isEqualTo(pixels(small.resolve("2x2.png")));
    }

    @Test
    void mistakesNameTheKeysThatThePathsStandFor() throws IOException {
        Path absent = folder.resolve("absent");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("a.png"), "no picture");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path good = Tiny.pictures(folder.resolve("good"));
        Recipe square = recipe(at(absent), COLOURISE);
        Recipe whole = recipe(at(absent), ENLARGE);

        Complaint.of(() -> prepared(square, absent, null)).startsWith("data.path: there is no '" + absent);
        Complaint.of(() -> prepared(square, empty, null)).startsWith("data.path: no picture below '" + empty);
        Complaint.of(() -> prepared(square, good, good)).startsWith("data.second: a second folder is for");
        Complaint.of(() -> prepared(square, broken, null)).startsWith("1 of 1 examples in '" + broken);
        Complaint.of(() -> whole(whole, absent, null)).startsWith("data.path: there is no '" + absent);
        Complaint.of(() -> whole(whole, empty, null)).startsWith("data.path: no picture ");
        Complaint.of(() -> whole(whole, broken, null))
                .startsWith("'a.png' is not a picture")
                .endsWith("mend it or remove it.");
        Complaint.of(() -> whole(whole, good, absent)).startsWith("input: there is no '" + absent);
        Files.copy(broken.resolve("a.png"), good.resolve("z.png"));
        Complaint.of(() -> prepared(square.with("data.max-broken", 1), good, null))
                .startsWith("1 of 22 examples in '" + good)
                .endsWith("lists all), or set data.max-broken.");
    }

    private static byte[] pixels(Path file) throws IOException {
        return Bitmap.of(ImageIO.read(file.toFile())).pixels();
    }

    private static void save(Path file, int width, int height, int seed) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
