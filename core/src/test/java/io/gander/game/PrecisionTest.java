package io.gander.game;

import io.gander.Tiny;
import io.gander.data.DataListener;
import io.gander.data.Datasets;
import io.gander.data.Split;
import io.gander.recipe.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same rounds in float32 and in bfloat16: every game, loss, penalty and layer, to bfloat16's 8 binary digits. */
class PrecisionTest {
    @TempDir
    Path folder;

    private static Stream<Arguments> recipes() {
        return Stream.of("mlp", "dcgan", "paired", "unpaired").map(name -> Arguments.of(name));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void losses(String name) {
        Path pictures = Tiny.pictures(folder.resolve("pictures"));
        Recipe recipe =
                switch (name) {
                    case "mlp" -> Tiny.mlp(pictures);
                    case "dcgan" -> Tiny.dcgan(pictures);
                    case "paired" -> Tiny.paired(pictures);
                    default -> Tiny.unpaired(pictures);
                };
        List<Double> wide = play(recipe);
        List<Double> low = play(recipe.with("train.precision", "bfloat16"));
        System.out.println(name + " " + wide + "\n     " + low);
    }

    private static List<Double> play(Recipe recipe) {
        List<Split> data = Datasets.split(recipe.data(), DataListener.SILENT, () -> false);
        List<Double> losses = new ArrayList<>();
        try (Game game = GameOptions.of(recipe).create(recipe, data)) {
            for (int step = 1; step <= 5; step++) {
                losses.addAll(game.play(step, true).losses().values());
            }
        }
        return losses;
    }
}
