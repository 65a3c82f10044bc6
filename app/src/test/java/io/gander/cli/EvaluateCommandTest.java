package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static Path folder = Path.of("");

    @BeforeAll
    static void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        TinyTranslators.train(folder, "restore", TinyTranslators.RESTORE);
        TinyTranslators.train(folder, "colourise", TinyTranslators.COLOURISE);
        TinyTranslators.train(folder, "larger", TinyTranslators.LARGER);
        TinyTranslators.train(folder, "both", TinyTranslators.UNPAIRED);
        assertThat(gander("train", Tiny.recipe(folder, 1), "--run", folder.resolve("noise"))
                        .status())
                .isZero();
    }

    @BeforeEach
    void forget() throws IOException {
        for (String run : List.of("restore", "colourise", "larger", "both")) {
            Files.deleteIfExists(folder.resolve(run).resolve("evaluations.json"));
        }
    }

    private static Cli evaluate(String run, Object... more) {
        return gander(Stream.concat(Stream.of("evaluate", folder.resolve(run)), Stream.of(more))
                .toArray());
    }

    private static JsonNode json(String run, Object... more) throws IOException {
        Cli answer = evaluate(
                run, Stream.concat(Stream.of("--json"), Stream.of(more)).toArray());
        assertThat(answer.status()).as(answer.err()).isZero();
        return answer.json();
    }

    private static JsonNode kept(String run) throws IOException {
        return new ObjectMapper()
                .readTree(folder.resolve(run).resolve("evaluations.json").toFile());
    }

    @Test
    void printsATableOfWhatWasHeldOut() {
        Cli answer = evaluate("restore");
        assertThat(answer.status()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        List<String> lines = answer.out().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).isEqualTo("step 3, 5 pictures (held out), rgb, crop 0");
        assertThat(lines.get(1)).matches(" {22}l1 {8}psnr {8}ssim");
        assertThat(lines.get(2)).matches("output( +-?\\d+\\.\\d{4}){3}");
        assertThat(lines.get(3)).matches("input( +-?\\d+\\.\\d{4}){3}");
        assertThat(lines.get(4)).matches("mean colour( +-?\\d+\\.\\d{4}){3}");
        assertThat(lines.get(5)).endsWith("evaluation.png");
    }

    @Test
    void jsonIsWhatIsKept() throws IOException {
        JsonNode said = json("restore");
        assertThat(kept("restore")).hasSize(1);
        assertThat(kept("restore").get(0)).isEqualTo(said);
        assertThat(said.path("count").asInt()).isEqualTo(5);
        assertThat(said.path("data").asText()).isEqualTo("held out");
        assertThat(said.path("direction").asText()).isEqualTo("there");
        // noise of σ = 30 leaves 10·log₁₀(255² / 900) = 18.6 dB; a little more, since it is cut off at black and white
        assertThat(said.at("/result/input/psnr").asDouble()).isBetween(18.6, 19.6);
        assertThat(said.at("/result/mean colour/ssim").asDouble()).isCloseTo(0, within(0.05));
    }

    @Test
    void theSameConditionsReplaceAndOthersStandBeside() throws IOException {
        json("restore");
        JsonNode again = json("restore");
        assertThat(kept("restore")).hasSize(1);
        assertThat(kept("restore").get(0)).isEqualTo(again);
        JsonNode earlier = json("restore", "--step", 1);
        assertThat(earlier.path("step").asInt()).isEqualTo(1);
        json("restore", "--no-ema");
        json("restore", "--on", "y");
        json("restore", "--crop", 2);
        JsonNode others = json("restore", "--data", folder.resolve("others"));
        assertThat(others.path("count").asInt()).isEqualTo(20);
        assertThat(others.path("data").asText())
                .isEqualTo(folder.resolve("others").toString());
        assertThat(kept("restore")).hasSize(6);
        assertThat(kept("restore").get(1)).isEqualTo(earlier);
    }

    @Test
    void theReportHoldsTableAndSheet() throws IOException {
        TinyTranslators.train(folder, "report", TinyTranslators.RESTORE);
        Path report = folder.resolve("report/report.html");
        json("report");
        assertThat(report).content().contains("\"mean colour\":{\"l1\":", "\"sheet\":\"data:image/png;base64,");
        BufferedImage sheet =
                ImageIO.read(folder.resolve("report/evaluation.png").toFile());
        assertThat(sheet.getWidth()).isGreaterThanOrEqualTo(3 * 16);
        assertThat(sheet.getHeight()).isGreaterThanOrEqualTo(5 * 16);
        assertThat(gander("resume", folder.resolve("report"), "--steps", 4).status())
                .isZero();
        assertThat(report).content().as("after more steps").contains("\"mean colour\"");
    }

    /** Grey pictures lose nothing by becoming grey: the row of the input is perfect, and stays valid JSON. */
    @Test
    void aPerfectPsnrIsInfinite() throws IOException {
        Path grey = Files.createDirectories(folder.resolve("grey"));
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        picture.getRaster().setSample(3, 3, 0, 200);
        ImageIO.write(picture, "png", grey.resolve("1.png").toFile());

        JsonNode said = json("colourise", "--data", grey);
        assertThat(said.at("/result/input/psnr").isTextual()).isTrue();
        assertThat(said.at("/result/input/psnr").asText()).isEqualTo("Infinity");
        assertThat(kept("colourise").get(0)).isEqualTo(said);
        assertThat(evaluate("colourise", "--data", grey).out()).containsPattern("input +0\\.0000 +inf +1\\.0000");
        assertThat(kept("colourise")).hasSize(1);
    }

    @Test
    void superResolutionTakesWholePicturesAndGivenInputs() throws IOException {
        Path photos = folder.resolve("others"); // 20×20
        JsonNode made = json("larger", "--data", photos);
        assertThat(made.path("channels").asText()).isEqualTo("y");
        assertThat(made.path("crop").asInt()).isEqualTo(2);
        assertThat(made.path("count").asInt()).isEqualTo(20);
        Path small = Tiny.photos(folder.resolve("small"), 20, 10);
        JsonNode given = json("larger", "--data", photos, "--input", small);
        assertThat(given.path("input").asText()).isEqualTo(small.toString());
        assertThat(given.at("/result/input/psnr").asDouble())
                .isLessThan(made.at("/result/input/psnr").asDouble());
        assertThat(kept("larger")).hasSize(2);
        assertThat(json("larger", "--data", photos, "--on", "rgb", "--crop", 0)
                        .path("crop")
                        .asInt())
                .isZero();
    }

    @Test
    void unpairedPicturesGoThereAndBack() throws IOException {
        JsonNode there = json("both");
        JsonNode back = json("both", "--back");
        assertThat(there.path("count").asInt()).isEqualTo(5);
        assertThat(back.path("direction").asText()).isEqualTo("back");
        assertThat(kept("both")).hasSize(2);
        assertThat(there.at("/result/output")).isNotEqualTo(back.at("/result/output"));
        // between the two is a translation, not the picture itself
        assertThat(there.at("/result/input/l1").asDouble()).isPositive();
        JsonNode others = json("both", "--data", folder.resolve("others"), "--back");
        assertThat(others.path("count").asInt()).isEqualTo(20);
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("a.png"), "no picture");
        Path few = Tiny.photos(folder.resolve("few"), 3, 10);
        Path same = Tiny.photos(folder.resolve("same"), 20, 16);
        Path photos = folder.resolve("others");

        refuses(evaluate("noise"), "there is no measure for samples of 'data'");
        refuses(evaluate("colourise"), "no example was held out of training: name other pictures with --data");
        refuses(evaluate("restore", "--on", "lab"), "--on must be rgb or y; found 'lab'.");
        refuses(evaluate("restore", "--crop", "-1"), "--crop must be at least 0; found -1.");
        refuses(
                evaluate("restore", "--crop", "8"),
                "nothing is left of a picture of 16×16 pixels without 8 pixels on every side");
        refuses(evaluate("restore", "--crop", "4"), "SSIM compares windows of 11×11 pixels, and only 8×8");
        refuses(evaluate("restore", "--step", "7"), "no checkpoint of step 7");
        refuses(evaluate("restore", "--back"), "--back: ");
        refuses(evaluate("restore", "--features", "absent.safetensors"), "there is no file 'absent.safetensors'");
        refuses(evaluate("restore", "--data", folder.resolve("absent")), "--data: there is no '");
        refuses(evaluate("restore", "--data", broken), "1 of 1 examples in '" + broken);
        refuses(evaluate("restore", "--data", photos, "--second", few), "--second: a second folder is for");
        refuses(evaluate("restore", "--input", few), "--input belongs to --data");
        refuses(evaluate("restore", "--second", few), "--second belongs to --data");
        refuses(evaluate("restore", "--data", photos, "--input", few), "--input is for runs that make pictures larger");
        refuses(
                evaluate("larger", "--data", photos, "--input", few),
                "gander: --input: '" + few + "' holds 3 pictures");
        refuses(evaluate("larger", "--data", photos, "--input", folder.resolve("gone")), "--input: there is no '");
        refuses(evaluate("larger", "--data", photos, "--input", same), "its input 16×16: that is not 1/2 of it.");
        refuses(evaluate("larger", "--data", photos, "--second", few), "--second is for pairs");
        refuses(evaluate("larger", "--data", broken), "'a.png' is not a picture");
        assertThat(folder.resolve("restore/evaluations.json")).doesNotExist();
    }

    /** A folder in the place of the file stands for whatever the system refuses: it stops the superuser too. */
    @Test
    void whatCannotBeKeptIsNoFaultOfTheProgram() throws IOException {
        Path inTheWay = folder.resolve("restore/evaluations.json");
        Files.createDirectories(inTheWay);
        refuses(evaluate("restore"), "restore (it is a folder: " + inTheWay + "): move it away");
    }

    private static void refuses(Cli answer, String says) {
        assertThat(answer.status()).as(answer.out() + answer.err()).isEqualTo(2);
        assertThat(answer.errors()).hasSize(1);
        assertThat(answer.err()).startsWith("gander: ").contains(says);
        assertThat(answer.out()).isEmpty();
    }
}
