package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Solids: looked at, trained on, and made as files of three kinds. */
class SolidsCommandTest {
    private static Path data = Path.of("");
    private static Path run = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void trainOnce(@TempDir Path forAll) throws IOException {
        data = Tiny.solids(forAll.resolve("boxes.npy"), 12, 8);
        run = forAll.resolve("run");
        done(gander(
                "train",
                "chairs-32",
                "--run",
                run,
                "--set",
                "data={kind: voxel, size: 8, path: '" + data + "'}",
                "--set",
                "generator.width=4",
                "--set",
                "discriminator.width=4",
                "--set",
                "train.steps=3",
                "--set",
                "train.batch=4",
                "--set",
                "train.threads=1"));
    }

    private static Cli done(Cli answer) {
        assertThat(answer.status()).as(answer.err()).isZero();
        return answer;
    }

    private static void refused(Cli answer, String says) {
        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains(says).hasLineCount(1);
    }

    private static Cli generate(Object... more) {
        return gander(Stream.concat(Stream.of("generate", run), Stream.of(more)).toArray());
    }

    private static String magic(Path file) throws IOException {
        return new String(Files.readAllBytes(file), 0, 4, StandardCharsets.ISO_8859_1);
    }

    @Test
    void aFolderHoldsFilesOfTheFormatThatIsAskedFor() throws IOException {
        done(generate("--count", 2, "--out", folder.resolve("a")));
        done(generate("--count", 2, "--out", folder.resolve("b"), "--format", "glb"));
        done(generate("--count", 2, "--out", folder.resolve("c"), "--format", "npy"));
        done(generate("--count", 2, "--out", folder.resolve("vox"))); // no ending, though it is named like one

        assertThat(magic(folder.resolve("a/000001.vox"))).isEqualTo("VOX ");
        assertThat(magic(folder.resolve("vox/000001.vox"))).isEqualTo("VOX ");
        assertThat(magic(folder.resolve("b/000001.glb"))).isEqualTo("glTF");
        assertThat(magic(folder.resolve("c/000001.npy"))).endsWith("NUM");
    }

    @Test
    void theEndingSaysWhatOneFileIs() throws IOException {
        Path grid = folder.resolve("grid.png");
        JsonNode facts = done(generate("--count", 4, "--out", grid, "--json")).json();
        assertThat(facts.path("kind").asText()).isEqualTo("grid");
        assertThat(ImageIO.read(grid.toFile()).getWidth()).isGreaterThan(2 * 96 - 1);

        Path all = folder.resolve("all.npy");
        facts = done(generate("--count", 5, "--out", all, "--json")).json();
        assertThat(facts.path("kind").asText()).isEqualTo("solids");
        assertThat(Files.readString(all, StandardCharsets.ISO_8859_1)).contains("(5, 8, 8, 8)");

        Path one = folder.resolve("one.glb");
        done(generate("--count", 1, "--out", one));
        assertThat(magic(one)).isEqualTo("glTF");
        refused(
                generate("--out", folder.resolve("two.glb"), "--format", "vox"),
                "--out ends with .glb, and --format is 'vox'");
        refused(
                generate("--count", 2, "--out", folder.resolve("two.glb")),
                "a .glb file holds one of the solids: set --count 1");
        done(generate());
        assertThat(run.resolve("generated-seed-0.png")).exists();
    }

    @Test
    void anotherFormatIsRefusedAndTheKnownOnesAreNamed() {
        refused(generate("--out", folder.resolve("x"), "--format", "stl"), "--format is 'stl'. Known: vox, glb, npy.");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void whatWasMadeCanBeTrainedOnAndChecked() throws IOException {
        Path made = folder.resolve("made");
        Path sheet = folder.resolve("sheet.png");
        done(generate("--count", 3, "--out", made));

        Cli answer = gander("data", "check", made, "--set", "data.kind=voxel", "--sheet", sheet);
        assertThat(answer.out()).contains("made: 3 examples", "vox 3").doesNotContain("colour", "pixels", "pictures");
    }

    @Test
    void checkSaysWhatSolidsAreThereAndHowToTrain() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        Cli answer = done(
                gander("data", "check", data, "--set", "data.kind=voxel", "--set", "data.size=16", "--sheet", sheet));

        assertThat(answer.out())
                .contains("boxes.npy: 12 examples, 12 usable")
                .contains("shorter side 8 voxels")
                .contains(
                        "gander train chairs-32 --set data.path=" + data + " --set data.kind=voxel --set data.size=16")
                .doesNotContain("colour", "pixels", "pictures");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isGreaterThan(96);

        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.write(broken.resolve("cut.vox"), new byte[] {'V', 'O', 'X', ' ', (byte) 150, 0});
        Cli refused = gander("data", "check", broken, "--set", "data.kind=voxel");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.out()).contains("1 examples, 0 usable", "cut.vox is cut off");
    }
}
