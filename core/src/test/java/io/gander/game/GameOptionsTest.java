package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.error.Complaint;
import io.gander.objective.Content.Pixel;
import io.gander.objective.LeastSquares;
import io.gander.objective.NonSaturating;
import io.gander.objective.RelativisticAverage;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of each game, wherever in a recipe they lie. */
class GameOptionsTest {
    private static final String PAIRS = "pairs: side-by-side";

    private static Recipe recipe(String game, String data, String... sections) {
        String yaml = "game: " + game + "\ndata: {path: a, size: 28, " + data + "}\n"
                + "generator: {architecture: " + (game.equals("noise") ? "mlp" : "unet, downs: 2") + "}\n"
                + "discriminator: {architecture: mlp}\n" + String.join("\n", sections)
                + (String.join("", sections).contains("train:") ? "" : "\ntrain: {steps: 9}");
        return Recipe.parse("tiny", yaml, "mine.yaml", StandardCatalogue.INSTANCE);
    }

    private static NoiseOptions noise(String... sections) {
        return (NoiseOptions) recipe("noise", "channels: 1", sections).rules();
    }

    private static PairedOptions paired(String... sections) {
        return (PairedOptions) recipe("paired", PAIRS, sections).rules();
    }

    private static UnpairedOptions unpaired(String... sections) {
        return (UnpairedOptions) recipe("unpaired", "pairs: unpaired", sections).rules();
    }

    @Test
    void eachGameHasItsPapersDefaults() {
        assertThat(noise().objective()).isEqualTo(new NonSaturating(0));
        PairedOptions paired = paired();
        assertThat(paired.objective()).isEqualTo(new NonSaturating(0));
        assertThat(paired.content().pixel()).isEqualTo(Pixel.L1);
        assertThat(paired.content().weight()).isEqualTo(100);
        assertThat(paired.content().perceptual()).isZero();
        assertThat(paired.weight()).isEqualTo(0.5);
        assertThat(paired.conditional()).isTrue();
        UnpairedOptions unpaired = unpaired();
        assertThat(unpaired.objective()).isEqualTo(new LeastSquares(0));
        assertThat(unpaired.cycle()).isEqualTo(10);
        assertThat(unpaired.identity()).isEqualTo(0.5);
        assertThat(unpaired.pool()).isEqualTo(50);
    }

    @Test
    void aRecipeThatNamesNoGameIsOfTheFirst() {
        Recipe recipe = Recipe.parse(
                "x",
                "{data: {name: mnist}, generator: {architecture: mlp}, discriminator: {architecture: mlp}, train: {steps: 1}}",
                "mine.yaml",
                StandardCatalogue.INSTANCE);
        assertThat(recipe.game()).isEqualTo("noise");
        Complaint.of(() -> recipe.with("game", "pared")).isEqualTo("game is 'pared'. Did you mean 'paired'?");
    }

    @Test
    void lossesAreWrittenInKebabCase() {
        assertThat(paired("objective: {loss: relativistic-average}").objective())
                .isEqualTo(new RelativisticAverage());
        Complaint.of(() -> paired("objective: {pixel: l1,", "  loss: least-square}"))
                .startsWith("mine.yaml:6: objective.loss is 'least-square'. Did you mean 'least-squares'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "noise | objective: {cycle: 10} | objective.cycle | game: unpaired",
                "noise | objective: {adversarial: 2} | objective.adversarial | game: paired and game: unpaired",
                "noise | degrade: {noise: 2} | degrade | game: paired",
                "noise | train: {steps: 9, pretrain: {steps: 4}} | train.pretrain | game: paired",
                "paired | objective: {pool: 50} | objective.pool | game: unpaired",
                "paired | guard: act | guard | game: noise",
                "paired | train: {steps: 9, classifier: x} | train.classifier | game: noise",
                "unpaired | objective: {packing: 2} | objective.packing | game: noise",
                "unpaired | objective: {pixel: l1} | objective.pixel | game: paired",
                "unpaired | augment: {kinds: [flip]} | augment | game: noise",
                "unpaired | train: {steps: 9, measure-every: 5} | train.measure-every | game: noise",
            })
    void aKeyOfAnotherGameIsToldItsGame(String game, String section, String key, String owner) {
        String data = game.equals("noise") ? "channels: 1" : game.equals("paired") ? PAIRS : "pairs: unpaired";
        Complaint.of(() -> recipe(game, data, section))
                .isEqualTo("mine.yaml:5: '" + key + "' is a key of " + owner + ": leave it out.");
    }

    @Test
    void aKeyOfNoGameIsUnknown() {
        Complaint.of(() -> noise("objective: {pakcing: 2}"))
                .startsWith("mine.yaml:5: unknown key 'objective.pakcing'. Did you mean 'objective.packing'?");
        Complaint.of(() -> unpaired("objective: {pol: 2}")).startsWith("mine.yaml:5: unknown key 'objective.pol'.");
        Complaint.of(() -> paired("train: {steps: 9,", "  pretrain: {step: 1}}"))
                .startsWith("mine.yaml:6: unknown key 'train.pretrain.step'. Did you mean 'train.pretrain.steps'");
    }

    @Test
    void pairsAreNotDegraded() {
        Complaint.of(() -> paired("degrade: {noise: 5}"))
                .isEqualTo("mine.yaml:5: degrade is for single pictures, and with data.pairs inputs come with their"
                        + " targets: leave it out.");
        assertThat(recipe("paired", PAIRS).flat().keySet()).noneMatch(key -> key.startsWith("degrade"));
    }

    @Test
    void aLossWithoutATargetHasNoneToSmooth() {
        Complaint.of(() -> noise("objective: {loss: hinge,", "  smoothing: 0.1}"))
                .isEqualTo("mine.yaml:6: objective.smoothing: the loss 'hinge' has no target to move; leave it out.");
        assertThat(recipe("noise", "channels: 1", "objective: {loss: hinge}").flat())
                .containsEntry("objective.smoothing", 0.0);
    }

    @Test
    void featuresMustBeNamed() {
        Complaint.of(() -> paired("objective: {pixel: l2,", "  perceptual: 0.1}"))
                .isEqualTo("mine.yaml:6: objective.perceptual wants objective.features: vgg19, or the path of a"
                        + " safetensors file.");
        PairedOptions named = paired("objective: {perceptual: 0.1, features: vgg19}");
        assertThat(named.content().layer()).isEqualTo("conv5_4");
        assertThat(named.files()).as("no file's path").isEmpty();
        assertThat(paired("objective: {features: mine/vgg.safetensors}").files())
                .containsExactly("objective.features");
    }

    @Test
    void weightsAreNotNegative() {
        Complaint.of(() -> unpaired("objective: {identity: -1}"))
                .startsWith("mine.yaml:5: objective.identity must be a number from 0 to");
        Complaint.of(() -> unpaired("objective: {pool: -1}")).contains("objective.pool must be a whole number from 0");
    }

    @Test
    void aPretrainingLearnsAsTheGeneratorDoesButForWhatItSaysItself() {
        String generator = "generator: {lr: 1e-3, betas: [0.9, 0.99], schedule: linear, clip: 5}";
        Recipe recipe = recipe("paired", PAIRS, "train: {steps: 9, " + generator + ", pretrain: {steps: 4, lr: 0.5}}");
        PairedOptions options = (PairedOptions) recipe.rules();

        assertThat(options.stage()).isEqualTo(4);
        assertThat(options.pretrain()).isEqualTo(recipe.train().generator().with(0.5, OptimizerRecipe.Schedule.LINEAR));
        assertThat(paired("train: {steps: 9, pretrain: {schedule: cosine}}")
                        .pretrain()
                        .schedule())
                .isEqualTo(OptimizerRecipe.Schedule.COSINE);
        assertThat(paired().stage()).isZero();
        Complaint.of(() -> paired("train:", "  steps: 9", "  pretrain: {steps: -1}"))
                .startsWith("mine.yaml:7: train.pretrain.steps must be a whole number from 0");
        Complaint.of(() -> paired("train: {steps: 9, pretrain: 4}"))
                .startsWith("mine.yaml:5: train.pretrain must be a group");
    }

    @Test
    void eachSaysWhatItsRunsAreGoodFor() {
        assertThat(noise().translates()).isFalse();
        assertThat(noise().measureEvery()).isEqualTo(50);
        assertThat(noise().guard()).isEqualTo(GameOptions.Guarding.WATCH);
        assertThat(paired().translates()).isTrue();
        assertThat(paired().guard()).isEqualTo(GameOptions.Guarding.OFF);
        assertThat(paired().generators()).containsExactly("generator");
        assertThat(unpaired().generators()).containsExactly("generator", "generator-back");
        assertThat(unpaired().generator(true, Path.of("run"))).isEqualTo("generator-back");
        Complaint.of(() -> paired().generator(true, Path.of("run")))
                .isEqualTo("--back: run learnt one direction only; both are learnt by a recipe with game: unpaired.");
    }

    @Test
    void howSamplesAreMeasuredMayChangeWhenARunGoesOn() {
        Recipe recipe = Gander.recipe("mnist-mlp-keras");
        Recipe later = recipe.with("train.measure-every", 7).with("train.classifier", "mine.safetensors");
        Map<String, String> before = new HashMap<>();
        recipe.flat().forEach((key, value) -> before.put(key, String.valueOf(value)));

        assertThat(later.differencesFrom(before)).isEmpty();
    }
}
