package io.gander.game;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.gander.Tiny;
import io.gander.error.Complaint;
import io.gander.oracle.Oracle;
import io.gander.recipe.Recipe;
import io.gander.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a recipe can have wrong although each of its keys is right: told before the data is decoded, with its cure. */
class ChecksTest {
    private static final String NETWORKS = """
            generator: {architecture: unet, downs: 2}
            discriminator: {architecture: patchgan, layers: 1}
            train: {steps: 10}
            """;
    private static final String PAIRED = "game: paired\ndata: {path: a, size: 16, pairs: side-by-side}\n" + NETWORKS;
    private static final String RESTORED = "game: paired\ndata: {path: a, size: 16}\ndegrade: {noise: 25}\n" + NETWORKS;
    private static final String UNPAIRED =
            "game: unpaired\ndata: {path: a, second: b, size: 16, pairs: unpaired}\n" + NETWORKS;
    private static final String NOISE = """
            data: {path: a, size: 28}
            generator: {architecture: dcgan}
            discriminator: {architecture: dcgan}
            train: {steps: 10}
            """;

    private static Recipe recipe(String yaml) {
        return Recipe.parse("tiny", yaml, "tiny.yaml", StandardCatalogue.INSTANCE);
    }

    private static AbstractStringAssert<?> complaint(Recipe recipe) {
        return Complaint.of(() -> GameOptions.of(recipe).check(recipe));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mnist-mlp | train.batch | 1 | generator mlp, layer 2: batch norm sees one value a channel in a batch of 1",
                "ring-plain | generator.batch-norm | true | generator mlp, layer",
                "restore-blocks-bottleneck | train.batch | 1 | train.batch is 1"
            })
    void batchNormThatWouldSeeOneValueIsRefused(String name, String key, String value, String complaint) {
        Recipe recipe =
                Recipe.load(name, StandardCatalogue.INSTANCE).with(key, value).with("train.batch", 1);
        complaint(recipe).contains(complaint);
    }

    @Test
    void whatFitsPasses() {
        for (String yaml : new String[] {PAIRED, RESTORED, UNPAIRED, NOISE}) {
            assertThatCode(() -> GameOptions.of(recipe(yaml)).check(recipe(yaml)))
                    .as(yaml)
                    .doesNotThrowAnyException();
        }
        for (String name : Recipe.shipped()) {
            Recipe shipped = Recipe.load(name, StandardCatalogue.INSTANCE);
            if (GameOptions.of(shipped).features().isEmpty()) { // whose weights would be fetched
                assertThatCode(() -> GameOptions.of(shipped).check(shipped))
                        .as(name)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theGeneratorsArchitectureIsOfTheGamesKind() {
        complaint(recipe(NOISE.replace("dcgan}\ndisc", "unet}\ndisc")))
                .isEqualTo(
                        "generator.architecture makes pictures from pictures, not from noise: choose another, such as"
                                + " dcgan, or set game to paired or unpaired.");
        String cure =
                "generator.architecture makes pictures from noise, not from pictures: choose another, such as unet,"
                        + " or set game: noise.";
        complaint(recipe(PAIRED.replace("unet, downs: 2", "dcgan"))).isEqualTo(cure);
        complaint(recipe(UNPAIRED.replace("unet, downs: 2", "dcgan"))).isEqualTo(cure);
    }

    @Test
    void noiseBecomesSinglePictures() {
        complaint(recipe(NOISE.replace("size: 28", "size: 28, pairs: side-by-side")))
                .startsWith("data.pairs: the game 'noise' plays with single pictures")
                .endsWith("leave data.pairs out to take each file as one picture.");
        complaint(recipe(NOISE.replace("{path: a, size: 28}", "{name: facades, size: 28}")))
                .startsWith("data.pairs: the game 'noise'")
                .endsWith("choose another set.");
    }

    @Test
    void pairsBelongTogether() {
        complaint(recipe(PAIRED.replace("side-by-side", "unpaired, second: b")))
                .startsWith("data.pairs: the game 'paired' needs pictures that belong together")
                .endsWith("set game: unpaired.");
        complaint(recipe(UNPAIRED.replace("unpaired}", "by-name}")))
                .startsWith("data.pairs: the game 'unpaired' plays between two sets; set data.pairs: unpaired");
    }

    @Test
    void whatIsRestoredMustHaveBeenDamaged() {
        complaint(recipe(RESTORED.replace("degrade: {noise: 25}", "degrade: {noise: 0, blur: [0, 0], block-size: 8}")))
                .startsWith("degrade: nothing is done to the pictures")
                .contains("set degrade.noise");
    }

    @Test
    void damageMustShow() {
        Recipe restored = recipe(RESTORED);
        complaint(restored.with("degrade.grey", true).with("data.channels", 1))
                .startsWith("degrade.grey: pictures of one");
        Recipe coarse = restored.with("degrade", "{blocks: 0.25, block-size: 16}");
        complaint(coarse).startsWith("degrade.blocks: of 1 squares of 16×16 pixels none would be missing");
        assertThatCode(() -> GameOptions.of(coarse.with("degrade.block-size", 8))
                        .check(coarse.with("degrade.block-size", 8)))
                .doesNotThrowAnyException();
    }

    @Test
    void enlargingTakesSinglePicturesOfASizeThatCanBeDivided() {
        String enlarging = "srresnet, scale: 3";
        complaint(recipe(PAIRED.replace("unet, downs: 2", enlarging)))
                .isEqualTo("generator.scale: inputs are made of the pictures by shrinking them; leave data.pairs out.");
        Recipe single = recipe(RESTORED.replace("unet, downs: 2", enlarging));
        complaint(single).isEqualTo("data.size is 16, which 3 (generator.scale) does not divide; set it to 18.");
        assertThatCode(() -> GameOptions.of(single.with("data.size", 18).with("degrade.noise", 0))
                        .check(single.with("data.size", 18).with("degrade.noise", 0)))
                .doesNotThrowAnyException();
        complaint(recipe(UNPAIRED.replace("unet, downs: 2", "srresnet, scale: 2")))
                .isEqualTo("generator.scale: the game 'unpaired' needs pictures of one size; set it to 1.");
    }

    @Test
    void thePretrainingIsPartOfTheTraining() {
        complaint(recipe(PAIRED).with("train.pretrain.steps", 11))
                .isEqualTo("train.pretrain.steps are part of train.steps: 11 is more than 10; set fewer, or more"
                        + " train.steps.");
        assertThatCode(() -> GameOptions.of(recipe(PAIRED).with("train.pretrain.steps", 10))
                        .check(recipe(PAIRED).with("train.pretrain.steps", 10)))
                .doesNotThrowAnyException();
    }

    @Test
    void aFeatureNetworkMustBeThere() {
        complaint(recipe(PAIRED).with("objective", "{perceptual: 0.1, features: nowhere/vgg.safetensors}"))
                .contains("nowhere");
    }

    /** A training may come to its features only after a stage for the pixels alone. */
    @Test
    void aFeatureNetworkMustHaveTheLayerAndRoomForIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("vgg.safetensors");
        Safetensors.writeArrays(file, Oracle.read("features").in("network").arrays(), Map.of());
        String objective = "{perceptual: 0.1, features: " + Tiny.quoted(file.toString()) + ", feature-layer: %s}";
        complaint(recipe(PAIRED).with("objective", objective.formatted("conv9_1")))
                .contains("vgg.safetensors", "no layer 'conv9_1'");
        Recipe deep = recipe(PAIRED).with("objective", objective.formatted("conv3_1"));
        assertThatCode(() -> GameOptions.of(deep).check(deep)).doesNotThrowAnyException();
    }

    @Test
    void networksMustFitThePictures() {
        complaint(recipe(PAIRED).with("generator.downs", 5))
                .startsWith("generator unet cannot halve pictures of 16×16");
        for (String yaml : new String[] {PAIRED, RESTORED, UNPAIRED}) {
            complaint(recipe(yaml).with("discriminator.layers", 4))
                    .startsWith("discriminator patchgan cannot judge pictures of 16×16");
        }
    }
}
