package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCheckCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path photos = Path.of("");
    private Path sheet = Path.of("");

    @BeforeEach
    void makePhotos() throws IOException {
        photos = Files.createDirectory(folder.resolve("photos"));
        sheet = folder.resolve("sheet.png");
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            BufferedImage image = new BufferedImage(80, 64, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < 80 * 64; p++) {
                image.setRGB(p % 80, p / 80, random.nextInt());
            }
            ImageIO.write(image, "png", photos.resolve("p" + i + ".png").toFile());
        }
    }

    @Test
    void tellsWhatIsThereAndHowToTrain() throws IOException {
        Files.copy(photos.resolve("p1.png"), photos.resolve("twin.png"));

        Cli answer = gander("data", "check", photos, "--sheet", sheet);

        assertThat(answer.status()).isZero();
        assertThat(answer.out())
                .contains("photos: 31 examples, 31 usable, 0 broken, 1 double")
                .contains("shorter side 64 pixels")
                .contains("twin.png = p1.png")
                .contains("gander train dcgan-64 --set data.path=" + photos)
                .contains("a GAN wants thousands of pictures");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(500);
    }

    @Test
    void tooManyBrokenOnesAreStatusTwoAndTrainingRefusesThemToo() throws IOException {
        byte[] whole = Files.readAllBytes(photos.resolve("p1.png"));
        Files.write(photos.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.writeString(photos.resolve("page.jpg"), "<html>");

        Cli answer = gander("data", "check", photos, "--sheet", sheet);

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.out())
                .contains("30 usable, 2 broken")
                .contains("cut.png is cut off")
                .contains("page.jpg is ")
                .contains("--set data.max-broken=7");
        Cli training = gander("train", "dcgan-64", "--set", "data.path=" + photos, "--run", folder.resolve("run"));
        assertThat(training.status()).isEqualTo(2);
        assertThat(training.errors()).hasSize(1);
        assertThat(training.errors().get(0)).contains("2 of 32 examples", "cut.png is cut off", "data.max-broken");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aFewBrokenOnesAreLeftOutAndCountedInTheRun() throws IOException {
        Files.writeString(photos.resolve("page.jpg"), "<html>");
        Path run = folder.resolve("run");

        Cli answer = gander(
                "train",
                "mnist-mlp",
                "--run",
                run,
                "--set",
                "data={path: '" + photos + "', size: 8, channels: 1}",
                "--set",
                "train.steps=2",
                "--set",
                "train.batch=4");

        assertThat(answer.status()).isZero();
        assertThat(answer.out()).contains("warning: 1 of 31 examples in photos is left out: page.jpg is ");
        assertThat(Files.readString(run.resolve("provenance.json"))).contains("\"left_out\" : 1");
    }

    @Test
    void theSuggestedCommandKeepsSettingsAndNothingInAFoldersNameRuns() throws IOException, InterruptedException {
        Path odd = Files.move(photos, folder.resolve("Anna's $(touch pwned) photos: #1"));

        Cli answer = gander("data", "check", odd, "--sheet", sheet, "--set", "data.load-size=72");

        assertThat(pasted(answer))
                .startsWith("dcgan-64")
                .contains("data.load-size=72")
                .contains("data.path='" + odd.toString().replace("'", "''") + "'");
        assertThat(folder.resolve("pwned")).doesNotExist();
    }

    /** The words behind {@code gander train} of the suggested command, as a shell reads them. */
    private List<String> pasted(Cli answer) throws IOException, InterruptedException {
        String train = answer.out()
                .lines()
                .filter(line -> line.startsWith("  train"))
                .findFirst()
                .orElseThrow();
        assumeThat(Files.isExecutable(Path.of("/bin/sh"))).isTrue();
        String echo = train.replaceFirst(".*gander train", "printf '%s\\\\n'");
        Process shell = new ProcessBuilder("/bin/sh", "-c", echo)
                .directory(folder.toFile())
                .start();
        String words = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return words.lines().toList();
    }

    @Test
    void asJson() throws IOException {
        Files.writeString(photos.resolve("page.jpg"), "<html>");

        Cli answer = gander("data", "check", photos, "--sheet", sheet, "--json");

        JsonNode report = answer.json();
        assertThat(report.path("examples").asInt()).isEqualTo(31);
        assertThat(report.path("broken").path(0).path("name").asText()).isEqualTo("page.jpg");
        assertThat(report.path("broken").path(0).path("kind").asText()).isEqualTo("UNKNOWN_FORMAT");
        assertThat(report.path("usable").asInt()).isEqualTo(30);
        assertThat(report.path("accepted").asBoolean()).isTrue();
        assertThat(report.path("sheet").asText()).isEqualTo(sheet.toString());
    }

    @Test
    void aNamedSetCanBeCheckedToo() {
        Cli answer = gander("data", "check", "mnist", "--sheet", sheet);

        assertThat(answer.status()).isZero();
        assertThat(answer.out())
                .contains("mnist: 60,000 examples, 60,000 usable")
                .contains("classes   10: 0 5,923, 1 6,742, 2 5,958")
                .contains("gander train mnist-dcgan --set data.name=mnist");
    }

    @Test
    void aPathThatIsNotThereIsOneLine() {
        Cli answer = gander("data", "check", folder.resolve("nowhere"), "--sheet", sheet);

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.errors()).hasSize(1);
        assertThat(answer.errors().get(0))
                .startsWith("gander: data.path: there is no '")
                .contains("nowhere");
        Cli nowhere = gander("data", "check", photos, "--sheet", folder.resolve("no/such/folder/sheet.png"));
        assertThat(nowhere.errors().get(0)).contains("cannot write the sheet").contains("--sheet=FILE");
    }

    @Test
    void aFolderMayBeCalledFiles() {
        Cli answer = gander("data", "check", "files", "--sheet", sheet);

        assertThat(answer.errors().get(0)).contains("there is no '").contains("files'; give a folder");
    }

    @Test
    void onATerminalTheReportBeginsALine() {
        System.setProperty("gander.terminal", "true");
        try {
            Cli answer = gander("data", "check", "mnist", "--sheet", sheet);

            assertThat(answer.out()).contains("decoding examples: ");
            assertThat(answer.out().lines()).anyMatch(line -> line.startsWith("mnist: 60,000 examples"));
        } finally {
            System.clearProperty("gander.terminal");
        }
    }

    /** Archives, at least, may hold any name. */
    @Test
    void namesCannotCommandTheTerminal() throws IOException {
        Path archive = folder.resolve("evil.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("clear\u001b[2J\n\u202egpj.png"));
        }
        Cli check = gander("data", "check", archive);
        Cli training = gander("train", "dcgan-64", "--set", "data.path=" + archive, "--run", folder.resolve("run"));

        assertThat(check.out()).contains("clear\uFFFD[2J\uFFFD\uFFFDgpj.png is empty");
        assertThat(training.errors()).hasSize(1);
        assertThat(training.errors().get(0)).contains("gpj.png is empty").doesNotContain("\u001b", "\u202e");
    }

    /** By side, by name and unpaired: what is printed trains when it is pasted, here for a step with small networks. */
    @ParameterizedTest
    @ValueSource(strings = {"side-by-side", "by-name", "unpaired"})
    void theSuggestedCommandTrainsOnPairs(String pairs) throws IOException, InterruptedException {
        Path first = Files.move(photos, folder.resolve("Anna's photos"));
        Path second = Files.createDirectory(folder.resolve("the other"));
        for (int i = 0; i < 30; i++) {
            Files.copy(first.resolve("p" + i + ".png"), second.resolve("p" + i + ".png"));
        }
        List<Object> check = new ArrayList<>(List.of("data", "check", first, "--sheet", sheet));
        check.addAll(List.of("--set", "data.pairs=" + pairs));
        if (!pairs.equals("side-by-side")) {
            check.addAll(List.of("--set", "data.second='" + second + "'"));
        }
        Cli answer = gander(check.toArray());

        assertThat(answer.out()).contains("30 usable").doesNotContain("thousands of pictures");
        List<Object> train = new ArrayList<>(List.of("train"));
        train.addAll(pasted(answer));
        assertThat(train.get(1)).isEqualTo(pairs.equals("unpaired") ? "cyclegan-64" : "pix2pix");
        train.addAll(List.of("--run", folder.resolve("run")));
        for (String small : List.of(
                "train.steps=1", "train.batch=2", "train.samples=1", "generator.width=2", "discriminator.width=2")) {
            train.addAll(List.of("--set", small));
        }
        Cli training = gander(train.toArray());
        assertThat(training.err()).isEmpty();
        assertThat(training.out()).contains("Done: 1 steps");
    }

    @Test
    void twoSetsNeedTheirSecond() {
        Cli answer = gander("data", "check", photos, "--sheet", sheet, "--set", "data.pairs=unpaired");

        assertThat(answer.out())
                .contains("gander train cyclegan-64 --set data.path=" + photos)
                .contains("only the first of the two sets was looked at; add the other with --set data.second=FOLDER");
    }

    @Test
    void theSheetIsNotAmongThePictures() {
        Path here = photos.resolve("photos-check.png");

        assertThat(DataCheckCommand.sheet(here, photos))
                .isEqualTo(folder.toAbsolutePath().resolve("photos-check.png"));
        assertThat(DataCheckCommand.sheet(here, folder.resolve("other"))).isEqualTo(here);
        assertThat(DataCheckCommand.sheet(here, photos.resolve("p1.png"))).isEqualTo(here);
    }
}
