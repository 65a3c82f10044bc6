package io.gander.recipe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.error.Complaint;
import io.gander.game.StandardCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {
    private static final Catalogue CATALOGUE = StandardCatalogue.INSTANCE;

    /** A recipe that says no more than it must, a section a line. */
    private static final String SMALL = """
            data: {name: mnist}
            generator: {architecture: mlp}
            discriminator: {architecture: mlp}
            train: {steps: 100}
            """;

    static List<String> shipped() {
        return Recipe.shipped();
    }

    @Test
    void shipsTheFirstRecipes() {
        assertThat(Recipe.shipped()).contains("mnist-dcgan", "mnist-mlp", "mnist-dcgan-keras", "dcgan-64");
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedRecipeIsValidAndSaysWhatItIs(String name) {
        Recipe recipe = Recipe.load(name, CATALOGUE);

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe).hasToString("recipe " + name);
        assertThat(Recipe.description(name)).hasSizeBetween(20, 130).doesNotStartWith("#");
        assertThat(Recipe.text(name)).startsWith("# " + Recipe.description(name));
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theResolvedYamlReadsBackAsTheSameRecipe(String name) {
        Recipe recipe = Recipe.load(name, CATALOGUE)
                .with("train.seed", 7)
                .with("train.time", "90s")
                .with("train.generator.lr", "3.3e-7")
                .with("train.generator.schedule", "cosine");

        Recipe again = Recipe.parse(name, recipe.toYaml(), "resolved.yaml", CATALOGUE);

        assertThat(again).isEqualTo(recipe).hasSameHashCodeAs(recipe);
        assertThat(again.flat()).isEqualTo(recipe.flat());
        assertThat(again.train()).isEqualTo(recipe.train());
        assertThat(again.data()).isEqualTo(recipe.data());
        assertThat(again.generator()).isEqualTo(recipe.generator());
        assertThat(again.discriminator()).isEqualTo(recipe.discriminator());
        assertThat(again.toYaml()).isEqualTo(recipe.toYaml());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photos",
                "007",
                "true",
                "null",
                "a: b",
                "it's \"so\"",
                "#1",
                "- x",
                "C:\\photos\\cats",
                "猫の写真",
                "*x",
                "~",
                "1e3",
                "' two  blanks '"
            })
    void aPathOfAnySpellingReadsBack(String path) {
        Recipe recipe = Recipe.parse("x", SMALL, "mine.yaml", CATALOGUE)
                .with("data", "{path: '" + path.replace("'", "''") + "'}");

        assertThat(recipe.data().path()).isEqualTo(path);
        assertThat(Recipe.parse("x", recipe.toYaml(), "resolved.yaml", CATALOGUE))
                .isEqualTo(recipe);
    }

    @Test
    void theResolvedRecipeHoldsDefaultsAndAllThatWasSaid() {
        Map<String, Object> flat = small().flat();

        assertThat(flat)
                .containsEntry("data.name", "mnist")
                .containsEntry("data.size", 28)
                .containsEntry("game", "noise")
                .containsEntry("generator.latent", 100)
                .containsEntry("generator.hidden", List.of(128, 256))
                .containsEntry("generator.batch-norm", true)
                .containsEntry("objective.loss", "non-saturating")
                .containsEntry("train.steps", 100)
                .containsEntry("train.batch", 64)
                .containsEntry("train.time", "none")
                .containsEntry("train.generator.lr", 2e-4)
                .containsEntry("train.discriminator.betas", List.of(0.5, 0.999));
        assertThat(small().toYaml()).contains("batch: 64", "optimizer: adam", "loss: non-saturating");
    }

    @Test
    void twoRecipesAreEqualIfEveryKeyIs() {
        assertThat(small()).isEqualTo(small().with("train.batch", 64)).isNotEqualTo(small().with("train.batch", 65));
        assertThat(small().equals((Object) "small")).isFalse();
    }

    @Test
    void aChangedCopyLeavesTheOriginalAlone() {
        Recipe original = small();
        Recipe changed = original.with("train.steps", 200).with("train.generator.betas", "[0.9, 0.99]");

        assertThat(original.train().steps()).isEqualTo(100);
        assertThat(changed.train().steps()).isEqualTo(200);
        assertThat(changed.train().generator().beta1()).isEqualTo(0.9);
        assertThat(changed.train().generator().beta2()).isEqualTo(0.99);
        assertThat(changed.train().discriminator()).isEqualTo(original.train().discriminator());
    }

    @Test
    void anOverrideReachesIntoAnInlineMapping() {
        Recipe recipe = Recipe.load("mnist-dcgan", CATALOGUE)
                .with("train.generator.lr", "1e-3")
                .with("generator.width", 8);

        assertThat(recipe.train().generator().rate()).isEqualTo(1e-3);
        assertThat(recipe.train().generator().beta1()).as("its neighbours stay").isEqualTo(0.5);
        assertThat(recipe.flat()).containsEntry("generator.width", 8).containsEntry("generator.latent", 100);
    }

    @Test
    void anOverrideMayAddASectionThatTheFileLeavesOut() {
        Recipe recipe = small().with("train.discriminator.clip", 2).with("objective.loss", "non-saturating");

        assertThat(recipe.train().discriminator().clip()).isEqualTo(2);
    }

    @Test
    void aDefaultFollowsTheOverrideItDependsOn() {
        assertThat(small().with("train.steps", 5000).train().logEvery()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train.steps | many | train.steps must be a whole number",
                "train.steps | -5 | train.steps must be a whole number",
                "train.steps | 99999999999 | train.steps must be a whole number",
                "train.steps | {a: 1} | train.steps must be a whole number",
                "train.stepz | 5 | unknown key 'train.stepz'. Did you mean 'train.steps'?",
                "trian.steps | 5 | trian.steps: unknown key 'trian'. Did you mean 'train'?",
                "train | 5 | train must be a group of keys",
                "game.x | 5 | game.x: game must be a word",
                "train.generator.lr | NaN | train.generator.lr must be a number",
                "train.generator.betas | 0.5 | train.generator.betas must be a list of 2",
                "train.generator.betas | [0.5 | train.generator.betas: not valid YAML",
                "generator.architecture | dcgam | generator.architecture is 'dcgam'. Did you mean 'dcgan'",
                "train. | 5 | 'train.' is not a key; a key looks like train.steps",
                "'' | 5 | '' is not a key; a key looks like train.steps",
                "a b | 5 | 'a b' is not a key; a key looks like train.steps",
            })
    void anOverrideThatIsWrongNamesItsKey(String key, String value, String complaint) {
        Complaint.of(() -> small().with(key, value)).startsWith(complaint);
    }

    @Test
    void anUnknownRecipeIsAnsweredWithTheNearest() {
        Complaint.of(() -> Recipe.load("mnist-dcgam", CATALOGUE))
                .startsWith("there is no recipe 'mnist-dcgam'. Did you mean 'mnist-dcgan'")
                .contains("gander recipes", ".yaml");
        Complaint.of(() -> Recipe.load("stylegan", CATALOGUE)).contains("Known: mnist-dcgan, ");
        Complaint.of(() -> Recipe.description("mnist")).contains("'mnist-mlp'");
    }

    @Test
    void readsAFileByItsPath(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("cats.yaml"), "# Cats.\n" + SMALL);

        assertThat(Recipe.load(file.toString(), CATALOGUE)).isEqualTo(small()).hasToString("recipe cats");
        assertThat(Recipe.description(file.toString())).isEqualTo("Cats.");
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent.yaml");
        Complaint.of(() -> Recipe.load(absent.toString(), CATALOGUE))
                .startsWith("cannot read the recipe " + absent)
                .contains("gander recipes");
        Path notText = Files.write(folder.resolve("latin1.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE9});
        Complaint.of(() -> Recipe.load(notText.toString(), CATALOGUE)).startsWith("cannot read the recipe " + notText);
        Complaint.of(() -> Recipe.load(folder + "/", CATALOGUE)).startsWith("cannot read the recipe ");
        Complaint.of(() -> Recipe.load("no\0path.yaml", CATALOGUE)).startsWith("cannot read the recipe ");
        Complaint.of(() -> Recipe.load("no\0name", CATALOGUE)).startsWith("there is no recipe ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train: {steps: 100} | train: {steps: 100, bathc: 5} | mine.yaml:4: unknown key 'train.bathc'. Did you mean 'train.batch'?",
                "train: {steps: 100} | train: {batch: 5} | mine.yaml:4: the key 'train.steps' is missing",
                "train: {steps: 100} | train: {steps: 0} | mine.yaml:4: train.steps must be a whole number from 1",
                "train: {steps: 100} | train: {steps: 1, steps: 2} | mine.yaml:4: the key 'steps' stands here twice",
                "train: {steps: 100} | train: {steps: 100 | mine.yaml:5: not valid YAML",
                "train: {steps: 100} | training: {steps: 100} | mine.yaml:4: unknown key 'training'. Did you mean 'train'?",
                "train: {steps: 100} | train: {} | mine.yaml:4: the key 'train.steps' is missing",
                "generator: {architecture: mlp} | generater: {architecture: mlp} | mine.yaml:2: unknown key 'generater'. Did you mean 'generator'?",
                "generator: {architecture: mlp} | generator: {architectur: mlp} | mine.yaml:2: unknown key 'generator.architectur'. Did you mean 'generator.architecture'?",
                "generator: {architecture: mlp} | generator: {hidden: [1]} | mine.yaml:2: the key 'generator.architecture' is missing",
                "generator: {architecture: mlp} | generator: mlp | mine.yaml:2: generator must be a group of keys",
                "generator: {architecture: mlp} | generator: {architecture: mlp, width: 3} | mine.yaml:2: unknown key 'generator.width'",
                "generator: {architecture: mlp} | generator: {architecture: mlp, hidden: 3} | mine.yaml:2: generator.hidden must be a list",
                "data: {name: mnist} | data: {name: cifar} | mine.yaml:1: data.name is 'cifar'. Did you mean 'cifar-10' or 'cifar-100'?",
            })
    void aMistakeIsNamedWithFileAndLineAndTheCure(String right, String wrong, String complaint) {
        assertThat(SMALL).contains(right);
        Complaint.of(() -> Recipe.parse("x", SMALL.replace(right, wrong), "mine.yaml", CATALOGUE))
                .startsWith(complaint);
    }

    @Test
    void theLineCountsTheCommentsAbove() {
        String yaml = "# one\n\n# three\n" + SMALL.replace("steps: 100", "steps: 1.5");

        Complaint.of(() -> Recipe.parse("x", yaml, "mine.yaml", CATALOGUE))
                .startsWith("mine.yaml:7: train.steps must be");
    }

    @Test
    void keysThatOnlySayHowLongOrHowLoudlyMakeNoDifference() {
        Recipe later = small().with("train.time", "5m")
                .with("train.steps", 9999)
                .with("train.threads", 2)
                .with("train.log-every", 1)
                .with("train.sample-every", 1)
                .with("train.checkpoint-every", 1)
                .with("train.keep-checkpoints", 9);

        assertThat(later.differencesFrom(texts(small()))).isEmpty();
    }

    @Test
    void everyOtherDifferenceIsNamed() {
        Recipe later = small().with("train.batch", 32).with("generator.latent", 10);

        assertThat(later.differencesFrom(texts(small())))
                .containsExactly("generator.latent was 100, is 10", "train.batch was 64, is 32");
        assertThat(small().differencesFrom(texts(small()))).isEmpty();
    }

    @Test
    void aKeyThatOneOfTheTwoLacksIsADifference() {
        Map<String, String> earlier = texts(small());
        earlier.remove("generator.batch-norm");
        earlier.put("generator.dropout", "0.5");

        assertThat(small().differencesFrom(earlier))
                .containsExactly("generator.batch-norm was absent, is true", "generator.dropout was 0.5, is absent");
    }

    @Test
    void shippedRecipesAreUtf8WithoutTabs() {
        for (String name : Recipe.shipped()) {
            assertThat(new String(Recipe.text(name).getBytes(UTF_8), UTF_8)).doesNotContain("\t", "\uFFFD");
        }
    }

    private static Recipe small() {
        return Recipe.parse("small", SMALL, "mine.yaml", CATALOGUE);
    }

    private static Map<String, String> texts(Recipe recipe) {
        Map<String, String> texts = new LinkedHashMap<>();
        recipe.flat().forEach((key, value) -> texts.put(key, String.valueOf(value)));
        return texts;
    }
}
