package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.game.StandardCatalogue;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong: exit status 2, one line that says what, where and the cure. */
class WrongInputTest {
    private static Path shared = Path.of("");
    private static Path recipe = Path.of("");
    private static Path trained = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainOnce(@TempDir Path forAll) throws IOException {
        shared = forAll;
        recipe = Tiny.recipe(shared, 40);
        trained = shared.resolve("trained");
        assertThat(gander("train", recipe, "--run", trained).status()).isZero();
    }

    /** One line, no stack trace, exit status 2. */
    private static void refused(Cli answer, String... says) {
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.errors())
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("gander: ")
                .contains(says)
                .doesNotContain("Exception", "null", "..", "  ")
                .endsWith(answer.errors().get(0).endsWith("?") ? "?" : ".");
        assertThat(answer.out()).doesNotContain("Exception");
    }

    /** The same for options, whose last sentence points to the help. */
    private static void refusedOption(Cli answer, String... says) {
        refused(answer, says);
        assertThat(answer.errors().get(0)).containsPattern("'gander .*--help' tells more\\.$");
    }

    private Path yaml(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private Path changed(String from, String to) throws IOException {
        String text = Files.readString(recipe);
        assertThat(text).contains(from);
        return Files.writeString(folder.resolve("mine.yaml"), text.replace(from, to));
    }

    @Test
    void anUnknownRecipeNamesTheNearest() {
        refused(gander("train", "mnist-dcgn"), "'mnist-dcgn'", "Did you mean 'mnist-dcgan'", "gander recipes");
        refused(gander("describe", "zzzzzzzzzz"), "Known: mnist-dcgan, mnist-mlp");
        refused(gander("recipes", "show", "mnist-mpl"), "'mnist-mlp'");
    }

    @Test
    void nothingIsWrittenOverTheRunOrItsData() throws IOException {
        byte[] before = Files.readAllBytes(trained.resolve("recipe.yaml"));
        refused(
                gander("export", trained, "--format", "onnx", "--out", trained.resolve("recipe.yaml"), "--overwrite"),
                "recipe.yaml belongs to the run itself");
        Path state = trained.resolve("checkpoints/step-00000040/state.safetensors");
        refused(
                gander("export", trained, "--format", "safetensors", "--out", state, "--overwrite"),
                "belongs to the run itself");
        refused(gander("generate", trained, "--out", trained, "--overwrite"), "belongs to the run itself");
        Path learntFrom = Path.of(RunDirectory.open(trained)
                .recipe(StandardCatalogue.INSTANCE)
                .data()
                .path());
        refused(gander("generate", trained, "--out", learntFrom, "--overwrite"), "the data that the run learns from");
        assertThat(trained.resolve("recipe.yaml")).hasBinaryContent(before);
    }

    @Test
    void anEndingOfAnotherFormat() {
        refused(gander("generate", trained, "--out", folder.resolve("x.gif")), "not written as .gif", "png");
        refused(
                gander("export", trained, "--format", "onnx", "--out", folder.resolve("x.safetensors")),
                "another format",
                ".onnx");
    }

    @Test
    void stepsThatThePlayedOnesExceed() throws IOException {
        byte[] before = Files.readAllBytes(trained.resolve("recipe.yaml"));
        refused(gander("resume", trained, "--steps", 10), "has done 40 steps, more than the 10 that are asked for.");
        assertThat(trained.resolve("recipe.yaml")).hasBinaryContent(before);
        assertThat(gander("resume", trained).out()).contains("has done all its 40 steps: --steps N");
    }

    @Test
    void aRecipesFileThatIsMissing() {
        refused(gander("train", folder.resolve("none.yaml")), "none.yaml", "YAML file", "gander recipes");
        refused(gander("train", folder), folder.toString(), "YAML file");
    }

    @Test
    void anUnknownKeyHasAPlaceAndANeighbour() throws IOException {
        Path mine = changed("  batch: 8", "  bacth: 8");
        refused(gander("train", mine, "--dry-run"), mine + ":7", "train.bacth", "Did you mean 'train.batch'");
    }

    @Test
    void aWrongTypeHasAPlace() throws IOException {
        Path mine = changed("  batch: 8", "  batch: many");
        refused(gander("train", mine), mine + ":7", "train.batch", "a whole number", "'many'");
        refused(gander("train", changed("  batch: 8", "  batch: [8]")), "mine.yaml:7", "found a group or a list");
        refused(gander("train", changed("  batch: 8", "  batch: 0")), "mine.yaml:7", "from 1 to", "'0'");
        refused(gander("train", changed("hidden: [8]", "hidden: 8")), "generator.hidden", "such as [128, 256]");
        refused(gander("train", changed("architecture: mlp", "architecture: mpl")), "mine.yaml:3", "'mlp'");
    }

    @Test
    void whatIsNoYamlHasAPlace() throws IOException {
        refused(gander("train", yaml("broken.yaml", "data: {name: mnist", "train: 3")), "broken.yaml:2", "YAML");
        refused(gander("train", yaml("tab.yaml", "train:", "\tsteps: 3")), "tab.yaml:2");
        refused(gander("train", yaml("list.yaml", "- a", "- b")), "list.yaml:1", "key: value");
        refused(gander("train", yaml("empty.yaml", "")), "empty.yaml", "empty");
        refused(gander("train", changed("  batch: 8", "  batch: 8\n  batch: 9")), "mine.yaml", "batch");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        refused(gander("train", binary), "binary.yaml");
    }

    @Test
    void aMissingKeySaysWhatItMustBe() throws IOException {
        refused(gander("train", changed("  steps: 40", "  seed: 1")), "'train.steps' is missing", "a whole number");
    }

    @Test
    void anImpossibleShapeNamesThePlayerAndTheCure() throws IOException {
        refused(
                gander("train", "dcgan-64", "--set", "data.size=30", "--set", "data.path=" + shared, "--dry-run"),
                "generator dcgan",
                "30×30",
                "set data.size to 28, 32, 64 or 128");
        refused(
                gander(
                        "describe",
                        "dcgan-64",
                        "--set",
                        "generator={architecture: dcgan-keras}",
                        "--set",
                        "data.size=30"),
                "30");
    }

    @Test
    void aRunDirectoryThatIsNotEmpty() {
        Cli answer = gander("train", recipe, "--run", trained);
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.errors()).hasSize(1);
        assertThat(answer.errors().get(0))
                .contains("not empty")
                .endsWith(": gander resume " + trained); // no full stop, for it is pasted
    }

    @Test
    void aRunDirectoryThatIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        refused(gander("train", recipe, "--run", file), "--run " + file + " is a file");
        refused(gander("resume", file), file + " is a file, not a run directory.");
    }

    @Test
    void aRunDirectoryThatCannotBeMade() throws IOException {
        Path below = Files.writeString(folder.resolve("file"), "x").resolve("run");
        refused(gander("train", recipe, "--run", below), "cannot write to the run directory " + below, "--run");
    }

    @Test
    void aDirectoryThatIsNoRun() {
        refused(gander("resume", folder.resolve("none")), "there is no run directory " + folder.resolve("none"));
        refused(gander("generate", folder), folder + " is not a run directory", "recipe.yaml");
        refused(gander("export", folder, "--format", "onnx", "--out", folder.resolve("x")), "recipe.yaml");
        refused(gander("describe", folder), "recipe.yaml");
    }

    @Test
    void resumingPassesOverADamagedCheckpointAndNothingElseDoes() throws IOException {
        Path run = copyOfTrained();
        damage(run.resolve("checkpoints/step-00000040/state.safetensors"));
        Path picture = folder.resolve("x.png");
        refused(
                gander("generate", run, "--count", 1, "--out", picture),
                "step-00000040 is damaged",
                "or remove its folder to use the one of step 20.");
        Cli generated = gander("generate", run, "--count", 1, "--out", picture, "--step", 20);
        assertThat(generated.out()).contains("step 20");

        Cli resumed = gander("resume", run);
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("warning: ", "from step 20 of 40");
        assertThat(run.resolve("checkpoints/step-00000040/state.safetensors"))
                .hasSameBinaryContentAs(trained.resolve("checkpoints/step-00000040/state.safetensors"));
    }

    @Test
    void aDamagedCheckpointNeverPushesOutAWholeOne() throws IOException {
        Path run = copyOfTrained();
        damage(run.resolve("checkpoints/step-00000040/state.safetensors"));
        assertThat(gander(
                                "resume",
                                run,
                                "--steps",
                                25,
                                "--set",
                                "train.keep-checkpoints=1",
                                "--set",
                                "train.checkpoint-every=100")
                        .status())
                .isZero();
        Cli generated = gander("generate", run, "--count", 1, "--out", folder.resolve("x.png"));
        assertThat(generated.err()).isEmpty();
        assertThat(generated.out()).contains("step 25");
    }

    @Test
    void noWholeCheckpointIsLeft() throws IOException {
        Path run = copyOfTrained();
        damage(run.resolve("checkpoints/step-00000040/state.safetensors"));
        Files.writeString(run.resolve("checkpoints/step-00000020/checkpoint.json"), "{");
        refused(gander("generate", run), "step-00000040 is damaged");
        Cli answer = gander("resume", run);
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.errors())
                .last(InstanceOfAssertFactories.STRING)
                .startsWith("gander: no checkpoint in " + run.resolve("checkpoints"))
                .contains("train again");
    }

    @Test
    void theCheckpointsAreGone() throws IOException {
        Path run = copyOfTrained();
        delete(run.resolve("checkpoints"));
        refused(gander("generate", run), "there is no checkpoint in " + run.resolve("checkpoints"), "train a new run");
        refused(gander("resume", run), "there is no checkpoint in " + run.resolve("checkpoints"));
        assertThat(run.resolve("metrics.jsonl"))
                .hasSameBinaryContentAs(trained.resolve("metrics.jsonl")); // it was not begun again
    }

    @Test
    void aRecipeThatWouldChangeTheStepsIsRefused() {
        refused(
                gander("resume", trained, "--set", "train.batch=9", "--set", "train.ema=0.5"),
                "train.batch was 8, is 9",
                "train.ema was 0.9, is 0.5",
                "train a new run");
    }

    @Test
    void countsThatAreNone() {
        refused(gander("generate", trained, "--count", 0), "--count must be at least 1", "found 0");
        refused(gander("generate", trained, "--interpolate", 1), "at least 2");
        refused(gander("generate", trained, "--count", 2_000_000_000, "--interpolate", 2_000_000_000), "--count");
        refusedOption(gander("generate", trained, "--count", "abc"), "--count", "'abc'");
        refusedOption(gander("generate", trained, "--seed", "x"), "--seed", "'x'");
        refusedOption(gander("resume", trained, "--steps", "1.5"), "--steps", "'1.5'");
        refused(gander("resume", trained, "--steps", 0), "--steps must be at least 1; found 0.");
    }

    @Test
    void optionsThatDoNotExist() {
        refusedOption(gander("generate", trained, "--cuont=3"), "--cuont", "Did you mean '--count'");
        refusedOption(gander("gnerate"), "gnerate", "Did you mean 'generate'");
        refusedOption(gander("train"), "RECIPE");
        refusedOption(gander("export", trained), "--format", "--out");
        refusedOption(gander("train", "mnist-mlp", "more"), "more");
    }

    @Test
    void settingsThatAreNone() {
        refused(gander("train", recipe, "--set", "train.steps"), "--set train.steps", "KEY=VALUE");
        refused(gander("train", recipe, "--set", "=3"), "KEY=VALUE");
        refused(gander("train", recipe, "--set", "train.stpes=3"), "train.stpes", "Did you mean 'train.steps'");
        refused(
                gander("train", recipe, "--set", "train.lr=0.1"),
                "unknown key 'train.lr'. Did you mean 'train.generator.lr' or 'train.discriminator.lr'?");
        refused(gander("train", recipe, "--set", "trian.steps=3"), "trian", "Did you mean 'train'");
        refused(gander("train", recipe, "--set", "Train Steps=3"), "a key looks like train.steps");
        refused(gander("train", recipe, "--set", "train.steps="), "train.steps", "''");
        refused(gander("train", recipe, "--set", "train=3"), "train", "group of keys");
        refused(gander("train", recipe, "--set", "train.generator.lr=fast"), "train.generator.lr", "'fast'");
        refused(gander("train", recipe, "--set", "generator.hidden=[8"), "generator.hidden", "YAML");
        refused(gander("train", recipe, "--set", "train.time=soon"), "train.time", "90s, 5m or 2h");
        refused(gander("train", recipe, "--set", "train.time=99999999999999999999h"), "train.time");
    }

    @Test
    void aFormatThatDoesNotExist() {
        refusedOption(
                gander("export", trained, "--format", "pickle", "--out", folder.resolve("x")),
                "--format must be safetensors or onnx; found 'pickle'.");
    }

    @Test
    void anExportThatHasNoPlace() throws IOException {
        Path file = folder.resolve("none/x.onnx");
        refused(
                gander("export", trained, "--format", "onnx", "--out", file),
                "cannot write " + file,
                "no such file or folder",
                "make the folder");
        refused(gander("export", trained, "--format", "onnx", "--out", folder), "it is a folder");
    }

    @Test
    void picturesThatHaveNoPlace() throws IOException {
        Path below = Files.writeString(folder.resolve("file"), "x").resolve("x.png");
        refused(gander("generate", trained, "--out", below), "cannot write " + below, "--out");
    }

    @Test
    void dataThatIsNotThere() throws IOException {
        refused(gander("train", "dcgan-64", "--run", folder.resolve("r")), "data.path", "--set data.path=photos");
        refused(
                gander("train", recipe, "--set", "data.path=" + folder.resolve("none"), "--run", folder.resolve("r")),
                "data.path",
                "there is no '" + folder.resolve("none"));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(
                gander("train", recipe, "--set", "data.path=" + empty, "--run", folder.resolve("r")),
                "no picture below",
                ".png");
        Files.writeString(empty.resolve("a.png"), "not a picture");
        refused(
                gander("train", recipe, "--set", "data.path=" + empty, "--run", folder.resolve("r")),
                "1 of 1 examples",
                "a.png is not a picture");
        assertThat(folder.resolve("r")).doesNotExist();
    }

    @Test
    void debugAddsTheStackTrace() {
        Cli answer = gander("train", "mnist-dcgn", "--debug");
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("io.gander.error.UserError", "\tat io.gander");
        assertThat(answer.errors().get(answer.errors().size() - 1)).startsWith("gander: there is no recipe");
    }

    @Test
    void aMachineWithoutAnEngine() throws IOException {
        List<String> words = Child.java();
        words.add("-Dorg.bytedeco.javacpp.platform=linux-ppc64le");
        words.add(Main.class.getName());
        words.addAll(List.of("train", recipe.toString(), "--run", "r"));
        refused(
                Child.start(folder, words).end(),
                "the engine does not load: the class path has no org.bytedeco:javacpp, ",
                "Linux x86-64");
    }

    private Path copyOfTrained() throws IOException {
        Path copy = folder.resolve("copy");
        try (Stream<Path> files = Files.walk(trained)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(trained.relativize(file).toString()));
            }
        }
        return copy;
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
