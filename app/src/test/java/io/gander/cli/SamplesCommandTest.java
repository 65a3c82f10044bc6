package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gander.tensor.Bfloat16;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples of a class, points, and what is measured of them: generate, evaluate and classifier. */
class SamplesCommandTest {
    private static Path shared = Path.of("");
    private static Path recipe = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainOnce(@TempDir Path forAll) throws IOException {
        shared = forAll;
        Path data = shared.resolve("data");
        squares(data.resolve("dark, small"), Color.DARK_GRAY);
        squares(data.resolve("light"), Color.LIGHT_GRAY);
        recipe = Files.writeString(shared.resolve("labelled.yaml"), """
                data:          {path: '%s', size: 16, channels: 1}
                generator:     {architecture: mlp, latent: 4, hidden: [8]}
                discriminator: {architecture: mlp, hidden: [8]}
                objective:     {labels: projection, embedding: 2}
                train:         {steps: 3, batch: 4, threads: 1}
                """.formatted(data));
        done(gander("train", recipe, "--run", shared.resolve("labelled")));
        done(gander(
                "train",
                "ring-plain",
                "--run",
                shared.resolve("points"),
                "--set",
                "train.steps=2",
                "--set",
                "train.batch=4"));
    }

    /** Ten pictures, each with a square at another place. */
    private static void squares(Path folder, Color colour) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < 10; i++) {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(colour);
            graphics.fillRect(i / 2, i / 3, 10, 10);
            graphics.dispose();
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
    }

    private static Cli done(Cli answer) {
        assertThat(answer.status()).as(answer.err()).isZero();
        return answer;
    }

    private static void refused(Cli answer, String says) {
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains(says).hasLineCount(1);
    }

    private Cli generate(String run, Object... more) {
        return gander(Stream.concat(Stream.of("generate", shared.resolve(run)), Stream.of(more))
                .toArray());
    }

    @Test
    void aClassHasItsOwnPictures() throws IOException {
        Path light = folder.resolve("light.png");
        Path same = folder.resolve("same.png");
        Path dark = folder.resolve("dark.png");
        done(generate("labelled", "--label", "light", "--count", 4, "--out", light));
        done(generate("labelled", "--label", 1, "--count", 4, "--out", same)); // its place
        done(generate("labelled", "--label", "dark, small", "--count", 4, "--out", dark));

        assertThat(same).hasSameBinaryContentAs(light);
        assertThat(Files.readAllBytes(dark)).isNotEqualTo(Files.readAllBytes(light));
    }

    @Test
    void aLabelledSetIsFoldersAndAList() throws IOException {
        Path out = folder.resolve("set");
        done(generate("labelled", "--per-label", 3, "--out", out));

        assertThat(Files.readAllLines(out.resolve("labels.csv")))
                .hasSize(7)
                .startsWith("path,label")
                .contains("light/000002.png,light");
        assertThat(out.resolve("dark, small/000000.png")).exists();
        assertThat(done(gander("data", "check", out.resolve("labels.csv"), "--sheet", out.resolve("check.png")))
                        .out())
                .contains("6 examples, 6 usable", "classes   2: dark, small 3, light 3");
    }

    @Test
    void labelsThatDoNotFit() {
        refused(
                generate("labelled", "--label", "lihgt"),
                "there is no class 'lihgt' in this run. Did you mean 'light'?");
        refused(generate("labelled", "--label", 2), "there is no class '2' in this run.");
        refused(generate("labelled", "--per-label", 0, "--out", folder), "--per-label must be at least 1; found 0.");
        refused(generate("labelled", "--per-label", 2), "name one with --out DIR/.");
        refused(
                generate("labelled", "--per-label", 2, "--label", 1, "--out", folder),
                "--per-label makes pictures of every class; leave out --label.");
        refused(generate("points", "--label", 1), "this run was not trained with labels");
    }

    @Test
    void pointsAreACsvThatCanBeLearntFrom() throws IOException {
        Path csv = folder.resolve("points.csv");
        done(generate("points", "--count", 300, "--seed", 3, "--out", csv));

        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(301).startsWith("x,y");
        assertThat(lines.subList(1, 301)).allMatch(line -> line.matches("-?[\\d.E-]+,-?[\\d.E-]+"));
        done(gander(
                "train",
                "ring-plain",
                "--run",
                folder.resolve("again"),
                "--set",
                "data.name=points",
                "--set",
                "data.path=" + csv,
                "--set",
                "train.steps=2",
                "--set",
                "train.batch=4"));
        assertThat(folder.resolve("again/training.png")).exists();
    }

    @Test
    void theEndingSaysWhatIsWritten() throws IOException {
        done(generate("points", "--count", 5));
        assertThat(shared.resolve("points/generated-seed-0.csv")).exists();
        Path plane = folder.resolve("plane.PNG");
        JsonNode sheet =
                done(generate("points", "--count", 5, "--out", plane, "--json")).json();
        assertThat(sheet.path("kind").asText()).isEqualTo("grid");
        assertThat(ImageIO.read(plane.toFile()).getWidth()).isEqualTo(404);
        JsonNode together = done(generate("points", "--out", folder.resolve("all.csv"), "--json"))
                .json();
        assertThat(together.path("kind").asText()).isEqualTo("points");
        assertThat(together.path("count").asInt()).isEqualTo(64);
        refused(
                generate("points", "--interpolate", 3, "--out", folder.resolve("walk.csv")),
                "--interpolate makes pictures");
    }

    @Test
    void aPrecisionIsWhatTheProductsAreComputedIn() throws IOException {
        Path wide = folder.resolve("wide.csv");
        Path low = folder.resolve("low.csv");
        assertThat(done(generate("points", "--precision", "auto", "--out", wide))
                        .err())
                .isEmpty();
        Cli answer = done(generate("points", "--precision", "bfloat16", "--out", low));
        assertThat(answer.err()).hasLineCount(Bfloat16.isEmulated() ? 1 : 0);
        boolean same = Files.readString(low).equals(Files.readString(wide));
        assertThat(same).isEqualTo(!Bfloat16.isEmulated()); // then auto means float32
        assertThat(generate("points", "--precision", "half").err())
                .contains("--precision must be float32 or bfloat16 or auto; found 'half'.");
    }

    @Test
    void pixelsMayBeJpegs() throws IOException {
        Path grid = folder.resolve("grid.jpg");
        done(generate("labelled", "--count", 4, "--out", grid));
        Path png = folder.resolve("grid.png");
        done(generate("labelled", "--count", 4, "--out", png));
        BufferedImage jpeg = ImageIO.read(grid.toFile());
        assertThat(jpeg.getWidth()).isEqualTo(ImageIO.read(png.toFile()).getWidth());
        assertThat(Files.readString(grid, StandardCharsets.ISO_8859_1)).contains("Disclaimer: Synthetic: made by");
        Path each = folder.resolve("each");
        done(generate("labelled", "--count", 2, "--out", each, "--format", "jpg"));
        assertThat(ImageIO.read(each.resolve("000001.jpg").toFile())).isNotNull();
    }

    @Test
    void whatIsThereIsReplacedOnlyIfAsked() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.png"), "mine");
        Path full = Files.createDirectories(folder.resolve("full"));
        Path own = Files.writeString(full.resolve("notes.txt"), "mine");
        refused(generate("labelled", "--count", 4, "--out", file), "mine.png is there already");
        refused(generate("labelled", "--count", 4, "--out", full), "full is not empty: choose another --out");
        refused(
                gander("export", shared.resolve("labelled"), "--format", "onnx", "--out", file),
                "mine.png is there already");
        refused(gander("data", "check", full, "--sheet", file), "choose another --sheet, or add --overwrite");
        assertThat(file).hasContent("mine");

        done(generate("labelled", "--count", 4, "--out", file, "--overwrite"));
        done(generate("labelled", "--count", 4, "--out", full, "--overwrite"));
        assertThat(ImageIO.read(file.toFile())).isNotNull();
        assertThat(own).hasContent("mine");
        done(generate("labelled", "--count", 4));
        refused(generate("labelled", "--count", 2), "generated-seed-0.png is there already");
        done(generate("labelled", "--count", 2, "--overwrite"));
    }

    @Test
    void runsAreComparedByWhatDiffers() throws IOException {
        Path runs = Files.createDirectories(folder.resolve("runs"));
        for (int seed = 1; seed <= 2; seed++) {
            done(gander(
                    "train",
                    "ring-plain",
                    "--run",
                    runs.resolve("r" + (seed == 1 ? "2" : "10")),
                    "--set",
                    "train.steps=" + 2 * seed,
                    "--set",
                    "train.seed=" + seed,
                    "--set",
                    "train.batch=4"));
        }
        Files.writeString(Files.createDirectories(runs.resolve("torn")).resolve("recipe.yaml"), "data: [");

        JsonNode all = done(gander("runs", runs, "--json")).json();
        assertThat(all.path(0).path("state").asText()).isEqualTo("done");
        assertThat(all.path(1).path("step").asInt()).isEqualTo(4);
        assertThat(all.path(0).path("measure").asText()).isEqualTo("good");
        assertThat(all.path(1).path("settings").toString()).isEqualTo("{\"train.seed\":2,\"train.steps\":4}");
        assertThat(all.path(2).path("state").asText()).isEqualTo("unreadable");
        assertThat(all.path(2).path("problem").asText()).contains("torn/recipe.yaml:1: not valid YAML");
        String table = done(gander("runs", runs)).out();
        assertThat(table.lines()).hasSize(4);
        assertThat(table).startsWith("run ").contains("ring-plain  done", " 4/4 ", "train.seed=1 train.steps=2");
        assertThat(done(gander("runs", runs, "--csv")).out())
                .startsWith("run,recipe,state,step,steps,measure,best,best_step,last,problem,train.seed,train.steps\n")
                .contains(",ring-plain,done,2,2,")
                .containsSubsequence("/r2,", "/r10,");
        refused(gander("runs", folder.resolve("none")), "there is no folder");
        refused(gander("runs", runs.resolve("torn")), "there is no run in");
    }

    @Test
    void theFormatIsThatOfTheFilesOfAFolder() throws IOException {
        Path csv = folder.resolve("points");
        done(generate("points", "--count", 2, "--out", csv, "--format", "csv"));
        assertThat(Files.readAllLines(csv.resolve("000001.csv"))).hasSize(2).startsWith("x,y");
        Path png = folder.resolve("pictures");
        done(generate("labelled", "--count", 2, "--out", png, "--format", "png"));
        assertThat(png.resolve("000001.png")).exists();
        refused(
                generate("labelled", "--out", folder.resolve("other"), "--format", "pgn"),
                "--format is 'pgn'. Did you mean 'png'");
        refused(
                generate("points", "--out", folder.resolve("new"), "--format", "png"),
                "--format is 'png'. Known: csv, npy.");
    }

    @Test
    void pointsAreMeasuredBesideRealOnes() throws IOException {
        Cli table = done(gander("evaluate", shared.resolve("points")));
        assertThat(table.out()).startsWith("step 2, 2,500 samples, average weights; 2,500 real examples\n");
        assertThat(table.out().lines().filter(line -> line.startsWith("real"))).hasSize(1);

        JsonNode facts =
                done(gander("evaluate", shared.resolve("points"), "--json")).json();
        assertThat(facts.at("/result/real/modes").asInt()).isEqualTo(8);
        assertThat(facts.at("/result/samples/good").asDouble()).isLessThan(50);
        assertThat(facts.at("/count").asInt()).isEqualTo(2500);
        assertThat(shared.resolve("points/evaluations.json")).content().contains("reverse_kl");
        assertThat(shared.resolve("points/report.html")).content().contains("reverse_kl");
    }

    @Test
    void aClassifierOfOnesOwnMeasures() throws IOException {
        Path classifier = folder.resolve("classes.safetensors");
        Cli trained = done(gander("classifier", recipe, "--out", classifier, "--epochs", 300));
        assertThat(trained.out()).contains("2 classes");

        JsonNode facts = done(gander(
                        "evaluate", shared.resolve("labelled"), "--classifier", classifier, "--count", 60, "--json"))
                .json();
        assertThat(facts.at("/result/samples/classes").asInt()).isBetween(1, 2);
        assertThat(facts.at("/result/samples/fd").asDouble()).isPositive();
        assertThat(facts.at("/result/real").isMissingNode())
                .as("all real pictures are what samples are compared with")
                .isTrue();
        assertThat(facts.at("/reference_count").asInt()).isPositive();
        assertThat(facts.at("/real_count").asInt()).isZero();
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Path text = Files.writeString(folder.resolve("no.safetensors"), "no classifier");
        Path labelled = shared.resolve("labelled");

        refused(gander("evaluate", labelled), "name a classifier of its classes with --classifier");
        refused(gander("evaluate", labelled, "--classifier", text), "no.safetensors");
        refused(gander("evaluate", labelled, "--classifier", folder.resolve("absent")), "absent");
        refused(gander("evaluate", labelled, "--count", 0), "--count must be at least 1; found 0.");
        refused(gander("evaluate", labelled, "--crop", 1), "this run makes its samples from noise");
        refused(gander("classifier", "ring-plain", "--out", folder.resolve("c")), "are not pictures with classes");
        refused(
                gander("classifier", recipe, "--out", folder.resolve("c"), "--epochs", 0),
                "--epochs must be at least 1");
        refused(
                gander("train", "mnist-dcgan", "--run", folder.resolve("r"), "--set", "train.classifier=absent"),
                "absent");
    }
}
