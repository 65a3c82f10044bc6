package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every command as a script or a person would call it, in this process. */
class CommandsTest {
    private static Path shared = Path.of("");
    private static Path recipe = Path.of("");
    private static Path trained = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainOnce(@TempDir Path forAll) throws IOException {
        shared = forAll;
        recipe = Tiny.recipe(shared, 3);
        trained = shared.resolve("trained");
        assertThat(gander("train", recipe, "--run", trained).status()).isZero();
    }

    @Test
    void recipesListsEachWithASentence() {
        Cli list = gander("recipes");
        assertThat(list.status()).isZero();
        assertThat(list.out().lines().map(line -> line.split(" +", 2)[0]))
                .contains("mnist-dcgan", "mnist-mlp", "mnist-dcgan-keras", "dcgan-64");
        assertThat(list.out().lines()).allMatch(line -> line.split(" +", 2)[1].length() > 20);
    }

    @Test
    void helpBreaksNoKeyAtItsDot() {
        assertThat(gander("evaluate", "--help").out())
                .containsPattern("default\\R +train\\.classifier")
                .doesNotContainPattern("\\b(train|data|objective)\\.\\R");
        assertThat(gander("help", "evaluate").out()).contains("train.classifier");
    }

    @Test
    void helpNamesTheProgramAsItWasStarted() {
        System.setProperty("gander.command", "./gander");
        try {
            assertThat(gander("--help").out())
                    .contains("Usage: ./gander [", "\n  ./gander train mnist-dcgan ")
                    .doesNotContainPattern("[^/]gander [a-z]");
            assertThat(gander("train", "--help").out()).contains("'./gander resume' continues");
        } finally {
            System.clearProperty("gander.command");
        }
    }

    @Test
    void recipesAsJson() throws IOException {
        JsonNode list = gander("recipes", "--json").json();
        assertThat(list.isArray()).isTrue();
        assertThat(list.findValuesAsText("name")).contains("mnist-dcgan", "dcgan-64");
        assertThat(list.findValuesAsText("description")).hasSize(list.size()).noneMatch(String::isBlank);
    }

    @Test
    void recipesShowPrintsTheFileWithItsComments() {
        Cli show = gander("recipes", "show", "mnist-dcgan");
        assertThat(show.status()).isZero();
        assertThat(show.out())
                .startsWith("# DCGAN on MNIST")
                .contains("architecture: dcgan")
                .contains("steps: ");
    }

    @Test
    void whatRecipesShowPrintsIsARecipe() throws IOException {
        Path copy = Files.writeString(
                folder.resolve("mine.yaml"),
                gander("recipes", "show", "mnist-mlp").out());
        assertThat(gander("train", copy, "--dry-run").status()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"mnist-dcgan-keras, 1300801, 704, 1080577", "dcgan-64, 3576704, 1920, 2765568"})
    void describeCountsTheReferencesParameters(String name, long generator, long statistics, long discriminator)
            throws IOException {
        JsonNode description = gander("describe", name, "--json").json();
        assertThat(description.path("recipe").asText()).isEqualTo(name);
        assertThat(description.at("/generator/parameters").asLong()).isEqualTo(generator);
        assertThat(description.at("/generator/statistics").asLong()).isEqualTo(statistics); // Keras counts them too
        assertThat(description.at("/discriminator/parameters").asLong()).isEqualTo(discriminator);
        assertThat(description.at("/generator/layers").size()).isGreaterThan(5);
        assertThat(gander("describe", name).out())
                .contains("%,d".formatted(generator), "%,d values in all".formatted(generator + statistics));
    }

    @Test
    void describeReadsARunToo() throws IOException {
        JsonNode description = gander("describe", trained, "--json").json();
        assertThat(description.path("recipe").asText()).isEqualTo("tiny");
        assertThat(description.at("/generator/output").toString()).isEqualTo("[1,8,8]");
        assertThat(gander("describe", trained).out()).contains("generator mlp: 4 → 1×8×8");
    }

    @Test
    void describeTakesChanges() throws IOException {
        long usual = gander("describe", recipe, "--json")
                .json()
                .at("/generator/parameters")
                .asLong();
        long wider = gander("describe", recipe, "--set", "generator.hidden=[32]", "--json")
                .json()
                .at("/generator/parameters")
                .asLong();
        assertThat(wider).isGreaterThan(usual);
    }

    @Test
    void aDryRunPrintsTheResolvedRecipeAndTouchesNothing() throws IOException {
        Path run = folder.resolve("dry");
        Cli dry = gander("train", recipe, "--dry-run", "--set", "train.seed=9", "--run", run);
        assertThat(dry.status()).isZero();
        assertThat(dry.out()).contains("seed: 9", "keep-checkpoints: 2", "generator mlp", "discriminator mlp");
        assertThat(run).doesNotExist();
    }

    @Test
    void aProfileIsPrintedAndKept() throws IOException {
        Path run = folder.resolve("profiled");
        Cli training = gander("train", recipe, "--run", run, "--set", "train.steps=12", "--profile");
        assertThat(training.status()).isZero();
        assertThat(training.out())
                .contains("Done: 12 steps", "Profile: 7 steps of 8", "generator mlp, forward", "GFLOP/s");
        assertThat(Files.readString(run.resolve("profile.json"))).contains("\"share_of_best\"");
        Cli tooShort = gander("train", recipe, "--set", "train.steps=1", "--profile");
        assertThat(tooShort.status()).isEqualTo(2);
        assertThat(tooShort.err()).contains("train.steps is 1");
    }

    @Test
    void trainingFillsTheRunDirectory() throws IOException {
        Path run = folder.resolve("run");
        Cli training = gander("train", recipe, "--run", run, "--set", "train.steps=4", "--set", "train.seed=2");
        assertThat(training.status()).isZero();
        assertThat(training.err()).isEmpty();
        assertThat(training.out())
                .contains("cpu", "1 thread", "parameters", "step 4/4", "Done: 4 steps", "gander generate " + run);
        assertThat(Files.readString(run.resolve("recipe.yaml"))).contains("steps: 4", "seed: 2");
        assertThat(Files.readString(run.resolve("report.html"))).contains("<script");
        assertThat(run.resolve("provenance.json")).content().contains("libtorch", "sha256");
        assertThat(run.resolve("samples/step-00000004.png")).exists();
        assertThat(run.resolve("checkpoints/step-00000004/state.safetensors")).exists();
    }

    @Test
    void theEventsOfATrainingParseLineByLine() throws IOException {
        Cli training = gander(
                "train",
                recipe,
                "--run",
                folder.resolve("run"),
                "--json",
                "--set",
                "train.log-every=1",
                "--set",
                "train.checkpoint-every=2");
        List<JsonNode> events = training.jsonLines();
        assertThat(events.stream().map(event -> event.path("event").asText()))
                .containsExactly(
                        "start",
                        "checkpoint",
                        "sample",
                        "metrics",
                        "metrics",
                        "checkpoint",
                        "metrics",
                        "checkpoint",
                        "sample",
                        "end");
        JsonNode metrics = events.get(3);
        assertThat(metrics.path("step").asInt()).isEqualTo(1);
        assertThat(metrics.path("loss_discriminator").asDouble()).isPositive();
        assertThat(metrics.path("loss_generator").asDouble()).isPositive();
        assertThat(metrics.path("d_real").asDouble()).isBetween(0.0, 1.0);
        JsonNode end = events.get(events.size() - 1);
        assertThat(end.path("end").asText()).isEqualTo("finished");
        assertThat(end.path("step").asInt()).isEqualTo(3);
        assertThat(Path.of(events.get(2).path("file").asText())).exists();
    }

    @Test
    void resumingGivesTheBitsOfARunThatNeverStopped() throws IOException {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        gander("train", recipe, "--run", whole, "--set", "train.steps=7");
        gander("train", recipe, "--run", parts);
        Cli resumed = gander("resume", parts, "--steps", 7);
        assertThat(resumed.status()).isZero();
        assertThat(resumed.out()).contains("from step 3 of 7", "Done: 7 steps");
        assertThat(parts.resolve("checkpoints/step-00000007/state.safetensors"))
                .hasSameBinaryContentAs(whole.resolve("checkpoints/step-00000007/state.safetensors"));
    }

    @Test
    void resumingAFinishedRunChangesNothing() throws IOException {
        byte[] before = Files.readAllBytes(trained.resolve("metrics.jsonl"));
        Cli resumed = gander("resume", trained, "--json");
        assertThat(resumed.status()).isZero();
        assertThat(resumed.jsonLines().stream().map(event -> event.path("event").asText()))
                .containsExactly("start", "sample", "end");
        assertThat(trained.resolve("metrics.jsonl")).hasBinaryContent(before);
    }

    @Test
    void aGridIsOnePictureThatSaysItIsSynthetic() throws IOException {
        Path grid = folder.resolve("new/grid.png");
        Cli generated = gander("generate", trained, "--count", 6, "--seed", 7, "--out", grid);
        assertThat(generated.status()).isZero();
        assertThat(generated.out()).contains("Wrote " + grid, "seed 7", "step 3");
        BufferedImage image = ImageIO.read(grid.toFile());
        assertThat(image.getWidth()).isEqualTo(3 * (8 + 2) + 2);
        assertThat(image.getHeight()).isEqualTo(2 * (8 + 2) + 2);
        Map<String, String> text = text(grid);
        assertThat(text.get("Software")).startsWith("Gander");
        assertThat(text.get("Disclaimer")).contains("Synthetic");
        assertThat(text.get("Source")).isEqualTo("recipe tiny, step 3, average weights, seed 7, samples 0 to 5");
    }

    @Test
    void theSameSeedGivesTheSameBytes() throws IOException {
        Path first = folder.resolve("1.png");
        Path second = folder.resolve("2.png");
        Path other = folder.resolve("3.png");
        gander("generate", trained, "--count", 4, "--out", first);
        gander("generate", trained, "--count", 4, "--out", second);
        gander("generate", trained, "--count", 4, "--out", other, "--seed", 1);
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.readAllBytes(other)).isNotEqualTo(Files.readAllBytes(first));
    }

    @Test
    void aFolderGetsOneFileAPicture() throws IOException {
        Path files = folder.resolve("files");
        assertThat(gander("generate", trained, "--count", 3, "--out", files + "/")
                        .status())
                .isZero();
        assertThat(names(files)).containsExactly("000000.png", "000001.png", "000002.png");
        assertThat(ImageIO.read(files.resolve("000002.png").toFile()).getWidth())
                .isEqualTo(8);
        assertThat(text(files.resolve("000002.png")).get("Source")).endsWith("seed 0, sample 2");
    }

    @Test
    void aWalkIsARowOfTheGrid() throws IOException {
        Path walks = folder.resolve("walks.png");
        assertThat(gander("generate", trained, "--count", 2, "--interpolate", 5, "--out", walks)
                        .status())
                .isZero();
        BufferedImage image = ImageIO.read(walks.toFile());
        assertThat(image.getWidth()).isEqualTo(5 * (8 + 2) + 2);
        assertThat(image.getHeight()).isEqualTo(2 * (8 + 2) + 2);
        assertThat(text(walks).get("Source")).endsWith("2 walks of 5");
        Path files = folder.resolve("walks");
        gander("generate", trained, "--count", 1, "--interpolate", 2, "--out", files);
        assertThat(names(files)).containsExactly("000000-000.png", "000000-001.png");
    }

    @Test
    void theNewestWeightsAreNotTheAverage() throws IOException {
        Path average = folder.resolve("average.png");
        Path newest = folder.resolve("newest.png");
        gander("generate", trained, "--count", 4, "--out", average);
        gander("generate", trained, "--count", 4, "--out", newest, "--no-ema");
        assertThat(text(newest).get("Source")).contains("newest weights");
        assertThat(ImageIO.read(newest.toFile()).getRaster().getDataBuffer())
                .usingRecursiveComparison()
                .isNotEqualTo(ImageIO.read(average.toFile()).getRaster().getDataBuffer());
    }

    @Test
    void generateAsJson() throws IOException {
        Path grid = folder.resolve("grid.png");
        JsonNode facts = gander("generate", trained, "--count", 2, "--out", grid, "--json")
                .json();
        assertThat(facts.path("out").asText()).isEqualTo(grid.toString());
        assertThat(facts.path("kind").asText()).isEqualTo("grid");
        assertThat(facts.path("count").asInt()).isEqualTo(2);
        assertThat(facts.path("recipe").asText()).isEqualTo("tiny");
        assertThat(facts.path("step").asInt()).isEqualTo(3);
    }

    @Test
    void withoutAnOutTheGridLiesInTheRun() throws IOException {
        assertThat(gander("generate", trained, "--count", 1, "--seed", 5).status())
                .isZero();
        assertThat(trained.resolve("generated-seed-5.png")).exists();
        Files.delete(trained.resolve("generated-seed-5.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"safetensors", "onnx", "ONNX"})
    void exportWritesBothFormats(String format) throws IOException {
        Path file = folder.resolve("generator");
        Cli export = gander("export", trained, "--format", format, "--out", file);
        assertThat(export.status()).isZero();
        assertThat(export.out()).contains("Wrote " + file, "step 3");
        assertThat(Files.size(file)).isGreaterThan(1000);
        JsonNode facts = gander(
                        "export", trained, "--format", format, "--out", file, "--overwrite", "--no-ema", "--json")
                .json();
        assertThat(facts.path("step").asInt()).isEqualTo(3);
    }

    @Test
    void theDoctorFindsAnEngine() throws IOException {
        JsonNode findings = gander("doctor", "--json").json();
        assertThat(findings.at("/engine/found").asText()).contains("libtorch");
        assertThat(findings.at("/waiting/cure").asText()).isEmpty();
        assertThat(findings.has("threads")).isTrue();
        assertThat(findings.has("memory")).isTrue();
        assertThat(gander("doctor").out()).contains("java", "engine", "device", "disk");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "train",
                "resume",
                "generate",
                "translate",
                "export",
                "recipes",
                "recipes show",
                "describe",
                "doctor"
            })
    void everyCommandHasHelp(String command) {
        String[] words = (command + " --help").strip().split(" ");
        Cli help = gander((Object[]) words);
        assertThat(help.status()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: ").contains(("gander " + command).strip());
        assertThat(help.out().lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(100);
    }

    @Test
    void withoutACommandThereIsHelp() {
        assertThat(gander().out()).isEqualTo(gander("--help").out());
    }

    @Test
    void theVersionIsOneLine() {
        assertThat(gander("--version").out()).matches("gander \\S+\\R");
    }

    @Test
    void helpAndVersionAreWordsToo() {
        assertThat(gander("help").out()).isEqualTo(gander("--help").out());
        assertThat(gander("help", "train").out())
                .isEqualTo(gander("train", "--help").out());
        assertThat(gander("version").out()).isEqualTo(gander("--version").out());
    }

    @Test
    void shellsCompleteCommands() {
        assertThat(gander("completion").out()).contains("complete -F _complete_gander", "--interpolate", "--precision");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The text chunks of a PNG file by keyword. */
    private static Map<String, String> text(Path png) throws IOException {
        Map<String, String> text = new TreeMap<>();
        ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(png.toFile())) {
            reader.setInput(in);
            Element root = (Element) reader.getImageMetadata(0).getAsTree("javax_imageio_png_1.0");
            NodeList entries = root.getElementsByTagName("iTXtEntry");
            for (int i = 0; i < entries.getLength(); i++) {
                Element entry = (Element) entries.item(i);
                text.put(entry.getAttribute("keyword"), entry.getAttribute("text"));
            }
        } finally {
            reader.dispose();
        }
        return text;
    }
}
