package io.gander.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gander.Networks;
import io.gander.error.UserError;
import io.gander.game.StandardCatalogue;
import io.gander.layer.WeightSpec;
import io.gander.network.LivelyModels;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.Recipe;
import io.gander.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FormatTest {
    private final Path folder;

    FormatTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @ParameterizedTest
    @MethodSource("io.gander.export.Players#networks")
    void safetensorsComeBackAsTheyWere(Network network) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (Model model = LivelyModels.create(network, 5)) {
            Map<String, float[]> weights = LivelyModels.weights(model);
            Format.SAFETENSORS.write(file, network, weights, Map.of("step", "7"));

            Map<String, Safetensors.Array> read = Safetensors.read(file, name -> true);
            assertThat(read.keySet()).containsExactlyElementsOf(weights.keySet());
            List<WeightSpec> specs = network.weights();
            int i = 0;
            for (Safetensors.Array array : read.values()) {
                WeightSpec spec = specs.get(i++);
                assertThat(array.values()).isEqualTo(weights.get(spec.name()));
                assertThat(array.sizes())
                        .isEqualTo(spec.sizes().stream()
                                .mapToLong(Integer::longValue)
                                .toArray());
            }
            // The engine's way into a file and the arrays' give the same bytes.
            Path other = folder.resolve("tensors.safetensors");
            Safetensors.write(other, model.weights(), Map.of("step", "7"));
            assertThat(other).hasSameBinaryContentAs(file);
        }
    }

    @ParameterizedTest
    @EnumSource
    void wantsAFolderThatExists(Format format) {
        refuses(format, folder.resolve("no").resolve("file"), "no such file or folder): make the folder first");
        refuses(format, folder, "it is a folder");
    }

    @ParameterizedTest
    @EnumSource
    void saysWhyItCannotWrite(Format format) throws IOException {
        // A file in the place of the folder stops even the superuser.
        Path file = Files.writeString(folder.resolve("file"), "mine").resolve("inner");
        refuses(format, file, "cannot write " + file + " (a file is where a folder should be)");
    }

    private static void refuses(Format format, Path file, String why) {
        Network network = Networks.generator(Players.DCGAN_28.recipe());
        try (Model model = Model.create(network, 1)) {
            Map<String, float[]> weights = LivelyModels.weights(model);
            assertThatThrownBy(() -> format.write(file, network, weights, Map.of()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(why)
                    .message()
                    .hasLineCount(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFailureLeavesTheOlderFile(Format format) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "older");
        Network network = Networks.generator(Players.DCGAN_28.recipe());
        assertThatThrownBy(() -> format.write(file, network, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("another network");
        assertThat(file).hasContent("older");

        assertThatThrownBy(() -> Export.whole(file, beside -> {
                    Files.writeString(beside, "half");
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the disk is full): make room");
        assertThat(file).hasContent("older");
        assertThat(folder.toFile().list()).containsExactly("file");
    }

    @Test
    void theRecipeComesBackFromTheMetadata() {
        Recipe recipe = Players.KERAS_28.recipe();
        String yaml = Metadata.of(recipe, 1).getOrDefault(Metadata.RECIPE_YAML, "");
        assertThat(Recipe.parse("again", yaml, "metadata", StandardCatalogue.INSTANCE))
                .isEqualTo(recipe);
    }
}
