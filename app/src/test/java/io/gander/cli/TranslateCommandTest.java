package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gander translate}, in this process but for Ctrl-C. */
class TranslateCommandTest {
    private static final String SMALL = """
            discriminator: {architecture: patchgan, width: 2, layers: 1}
            train: {steps: 2, batch: 4, threads: 1, samples: 2, checkpoint-every: 1}
            """;

    private static Path photos = Path.of("");
    private static Path larger = Path.of("");
    private static Path both = Path.of("");
    private static Path noise = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainOnce(@TempDir Path shared) throws IOException {
        photos = Tiny.photos(shared.resolve("photos"), 6, 12);
        larger = train(shared, "larger", """
                data: {path: '%s', size: 8, channels: 3, tiles: 1}
                game: paired
                generator: {architecture: srresnet, width: 2, blocks: 1, scale: 2}
                """.formatted(photos));
        both = train(shared, "both", """
                data: {path: '%s', second: '%s', pairs: unpaired, size: 8, channels: 3}
                game: unpaired
                generator: {architecture: resnet, width: 2, blocks: 1}
                """.formatted(photos, Tiny.photos(shared.resolve("more"), 6, 12)));
        noise = shared.resolve("noise");
        assertThat(gander("train", Tiny.recipe(shared, 1), "--run", noise).status())
                .isZero();
    }

    private static Path train(Path shared, String name, String head) throws IOException {
        Path recipe = Files.writeString(shared.resolve(name + ".yaml"), head + SMALL);
        Path run = shared.resolve(name);
        Cli training = gander("train", recipe, "--run", run);
        assertThat(training.status()).as(training.err()).isZero();
        return run;
    }

    private static void refused(Cli answer, String... says) {
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.errors().get(0)).startsWith("gander: ").contains(says).doesNotContain("Exception", "null");
        assertThat(answer.errors()).hasSizeLessThanOrEqualTo(2);
        assertThat(answer.out()).isEmpty();
    }

    private static List<String> below(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Path photo() {
        return photos.resolve("photo-0.png");
    }

    @Test
    void onePictureBecomesAFile() throws IOException {
        Path out = folder.resolve("new/out.png");
        Cli answer = gander("translate", larger, photo(), "--out", out);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.status()).isZero();
        assertThat(answer.out()).isEqualToNormalizingNewlines("Wrote " + out + " (24×24, step 2).\n");
        assertThat(ImageIO.read(out.toFile()).getWidth()).isEqualTo(24);
    }

    @Test
    void aFolderIsAPlaceForOnePictureToo() {
        assertThat(gander("translate", larger, photo(), "--out", folder).out())
                .contains("Wrote " + folder.resolve("photo-0.png"));
        assertThat(folder.resolve("photo-0.png")).exists();
        assertThat(gander("translate", larger, photo(), "--out", folder.resolve("sub"))
                        .status())
                .isZero();
        assertThat(folder.resolve("sub/photo-0.png")).exists();
    }

    @Test
    void aNameThatIsTooLongIsSkippedAndNamed() throws IOException {
        Path in = Tiny.photos(folder.resolve("in"), 1, 12);
        String longest = "x".repeat(251);
        Files.copy(in.resolve("photo-0.png"), in.resolve(longest + ".png"));
        Files.copy(in.resolve("photo-0.png"), in.resolve(longest.substring(1) + ".jpg"));
        Files.copy(in.resolve("photo-0.png"), in.resolve(longest + ".gif")); // both want four letters more
        Path out = folder.resolve("out");

        Cli answer = gander("translate", larger, in, "--out", out);

        assertThat(answer.status()).as(answer.err()).isEqualTo(2);
        assertThat(answer.out())
                .contains("Wrote 2 pictures to " + out, "Skipped 2 of 4:", longest + ".gif cannot be written as")
                .contains("the name is too long");
        assertThat(below(out)).contains("photo-0.png");
    }

    @Test
    void aFolderKeepsItsNamesAndTellsWhatIsBroken() throws IOException {
        Path in = Tiny.photos(folder.resolve("in"), 2, 12);
        Tiny.photos(in.resolve("deeper"), 1, 9);
        Files.copy(in.resolve("photo-1.png"), in.resolve("photo-1.jpg")); // whose ending lies
        Files.writeString(in.resolve("broken.jpg"), "no picture");
        Files.writeString(in.resolve("notes.txt"), "no picture either, and nobody says so");
        Path out = in.resolve("out"); // among the pictures, as people do
        Cli answer = gander("translate", larger, in, "--out", out, "--sheet", folder.resolve("sheet.png"));
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out())
                .contains("Wrote 4 pictures to " + out, "Skipped 1 of 5", "broken.jpg is not a picture", "sheet.png");
        assertThat(below(out))
                .containsExactly("deeper/photo-0.png", "photo-0.png", "photo-1.jpg.png", "photo-1.png.png");
        BufferedImage sheet = ImageIO.read(folder.resolve("sheet.png").toFile());
        assertThat(sheet.getWidth()).isEqualTo(2 * 24 + 6);
        assertThat(sheet.getHeight()).isEqualTo(3 * (24 + 2) + (18 + 2) + 2);

        refused(
                gander("translate", larger, in, "--out", out),
                "photo-0.png (and 3 more) is there already",
                "--overwrite");
        Files.delete(in.resolve("broken.jpg"));
        JsonNode facts = gander("translate", larger, in, "--out", out, "--overwrite", "--json")
                .json();
        assertThat(facts.path("written").asInt())
                .as("what was made is not made again")
                .isEqualTo(4);
        assertThat(facts.path("broken").isEmpty()).isTrue();
        assertThat(facts.path("step").asInt()).isEqualTo(2);
    }

    @Test
    void directionStepAndScaleMatter() throws IOException {
        gander("translate", both, photo(), "--out", folder.resolve("there.png"));
        gander("translate", both, photo(), "--back", "--out", folder.resolve("back.png"));
        gander("translate", both, photo(), "--step", 1, "--out", folder.resolve("first.png"));
        gander("translate", both, photo(), "--scale", "small", "--out", folder.resolve("small.png"));
        gander("translate", both, photo(), "--scale", "native", "--out", folder.resolve("native.png"));
        gander("translate", both, photo(), "--out", folder.resolve("again.png"));
        assertThat(folder.resolve("again.png")).hasSameBinaryContentAs(folder.resolve("there.png"));
        assertThat(ImageIO.read(folder.resolve("small.png").toFile()).getWidth())
                .isEqualTo(8);
        byte[] there = Files.readAllBytes(folder.resolve("there.png"));
        for (String other : List.of("back.png", "first.png", "native.png")) {
            assertThat(Files.readAllBytes(folder.resolve(other))).as(other).isNotEqualTo(there);
        }
    }

    @Test
    void goodPicturesCanBeMadeBadFirst() throws IOException {
        Path out = folder.resolve("out.jpg");
        Path sheet = folder.resolve("sheets/sheet.png");
        assertThat(gander("translate", larger, photo(), "--degrade", "--out", out, "--sheet", sheet, "--quality", 80)
                        .status())
                .isZero();
        assertThat(ImageIO.read(out.toFile()).getWidth())
                .as("half the size, doubled")
                .isEqualTo(12);
        assertThat(sheet).exists();
    }

    @Test
    void runsOfTheOtherKindAreRefused() {
        Path out = folder.resolve("out.png");
        refused(gander("translate", noise, photo(), "--out", out), "from noise", "gander generate " + noise);
        refused(gander("generate", both), "from pictures", "gander translate " + both);
        refused(gander("translate", larger, photo(), "--back", "--out", out), "--back", "one direction");
        refused(gander("translate", both, photo(), "--degrade", "--out", out), "--degrade", "degrades nothing");
        refused(gander("translate", both, photo(), "--step", 9, "--out", out), "no checkpoint of step 9");
        refused(gander("translate", folder, photo(), "--out", out), "not a run directory");
        refused(gander("translate", folder.resolve("none"), photo(), "--out", out), "there is no run directory");
        assertThat(out).doesNotExist();
    }

    @Test
    void wrongFilesAreRefused() throws IOException {
        Path out = folder.resolve("out.png");
        Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
        Path there = Files.writeString(folder.resolve("there.png"), "mine");
        refused(
                gander("translate", larger, folder.resolve("none.png"), "--out", out),
                "there is no picture",
                "none.png");
        refused(gander("translate", larger, broken, "--out", out), "broken.png is not a picture");
        refused(
                gander("translate", larger, photo(), "--out", folder.resolve("out.tif")),
                "out.tif",
                ".png, .jpg or .jpeg");
        refused(gander("translate", larger, photo(), "--out", there), "there.png is there already", "--overwrite");
        refused(gander("translate", larger, photo(), "--out", photo(), "--overwrite"), "is the picture itself");
        refused(gander("translate", larger, photos, "--out", out), "is a folder, so name a folder");
        refused(
                gander("translate", larger, photos, "--out", photos, "--overwrite"),
                "the folder of the pictures itself");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        refused(gander("translate", larger, empty, "--out", folder.resolve("x")), "no picture below " + empty);
        refused(gander("translate", larger, photo(), "--out", out, "--quality", 0), "--quality", "found 0");
        refused(gander("translate", larger, photo(), "--out", out, "--sheet", "s.jpg"), "--sheet s.jpg", ".png");
        refused(gander("translate", larger, photo(), "--out", out, "--sheet", out), "also a picture's name");
        refused(gander("translate", larger, photo(), "--out", out, "--sheet", there), "there.png is there already");
        refused(gander("translate", larger, photo(), "--out", out, "--scale", "huge"), "--scale", "huge");
        refused(gander("translate", larger, photo()), "--out");
        assertThat(there).hasContent("mine");
        assertThat(out).doesNotExist();
    }

    @Test
    void controlCLeavesNoHalfFile() throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"));
        Path photo = folder.resolve("large.png");
        ImageIO.write(new BufferedImage(3000, 3000, BufferedImage.TYPE_BYTE_GRAY), "png", photo.toFile());
        Child child = Child.gander(folder, "translate", larger, photo, "--out", "out.png");
        while (below(folder).stream().noneMatch(name -> name.startsWith(".~"))) {
            assertThat(child.process().isAlive()).isTrue();
            Thread.sleep(10);
        }
        new ProcessBuilder("kill", "-TERM", String.valueOf(child.process().pid()))
                .start()
                .waitFor();
        Cli end = child.end();
        assertThat(end.err()).contains("stopped after 0 of 1 pictures");
        assertThat(below(folder)).containsExactly("large.png");
    }
}
