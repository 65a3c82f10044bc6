package io.gander.cli;

import static io.gander.cli.Cli.gander;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the other commands make of runs and recipes from pictures to pictures. */
class TranslatorCommandsTest {
    private static Path folder = Path.of("");

    @BeforeAll
    static void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        TinyTranslators.train(folder, "both", TinyTranslators.UNPAIRED);
        TinyTranslators.train(folder, "restore", TinyTranslators.RESTORE);
    }

    @ParameterizedTest
    @CsvSource({
        "pix2pix, '[3,128,128]', '[3,128,128]', '[6,128,128]'",
        "cyclegan-64, '[3,64,64]', '[3,64,64]', '[3,64,64]'",
        "restore-blocks, '[3,128,128]', '[3,128,128]', '[3,128,128]'",
        "sr-x4, '[3,24,24]', '[3,96,96]', '[3,96,96]'"
    })
    void describeShowsBothNetworksAtWhatTheySee(String recipe, String input, String output, String judged)
            throws IOException {
        JsonNode description = gander("describe", recipe, "--json").json();
        assertThat(description.at("/generator/input").toString()).isEqualTo(input);
        assertThat(description.at("/generator/output").toString()).isEqualTo(output);
        assertThat(description.at("/discriminator/input").toString()).isEqualTo(judged);
        assertThat(gander("describe", recipe).status()).isZero();
    }

    @Test
    void describeReadsARunOfPictures() {
        assertThat(gander("describe", folder.resolve("both")).out())
                .contains("generator resnet: 3×16×16 → 3×16×16", "discriminator patchgan: 3×16×16");
    }

    @Test
    void describeSaysThatAScaleMustDivide() {
        Cli refused = gander("describe", "sr-x4", "--set", "data.size=90");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.err()).contains("data.size is 90, which 4 (generator.scale) does not divide");
    }

    @Test
    void exportWritesEitherDirection() throws IOException {
        Path there = folder.resolve("there.onnx");
        Path back = folder.resolve("back.onnx");
        assertThat(gander("export", folder.resolve("both"), "--format", "onnx", "--out", there)
                        .status())
                .isZero();
        Cli way = gander("export", folder.resolve("both"), "--format", "onnx", "--back", "--out", back, "--json");
        assertThat(way.json().path("step").asInt()).isEqualTo(3);
        assertThat(Files.mismatch(there, back)).isNotNegative();

        Cli refused = gander(
                "export",
                folder.resolve("restore"),
                "--format",
                "onnx",
                "--back",
                "--out",
                folder.resolve("none.onnx"));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.err()).startsWith("gander: --back: ");
    }

    @Test
    void generateSendsToTranslate() {
        Cli refused = gander("generate", folder.resolve("restore"));
        assertThat(refused.status()).isEqualTo(2);
        assertThat(refused.errors()).hasSize(1);
        assertThat(refused.err()).contains("use: gander translate " + folder.resolve("restore"));
    }

    @Test
    void recipesListsThemInOneLineEach() {
        assertThat(gander("recipes").out().lines())
                .anySatisfy(line -> assertThat(line).startsWith("pix2pix ").contains("Pix2Pix: "))
                .anySatisfy(line -> assertThat(line).startsWith("cyclegan-64 ").contains("CycleGAN: "))
                .anySatisfy(line -> assertThat(line).startsWith("srgan-x4 ").contains("SRGAN: "))
                .anySatisfy(line -> assertThat(line).startsWith("restore-blocks "))
                .allSatisfy(line -> assertThat(line).matches("\\S+ {2,}\\S.*"));
    }
}
