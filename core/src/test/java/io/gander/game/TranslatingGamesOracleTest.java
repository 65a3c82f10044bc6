package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Raw;
import io.gander.data.Split;
import io.gander.oracle.Oracle;
import io.gander.recipe.Recipe;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole games from pictures to pictures, from the recipe on, against the same rounds in PyTorch. "pretrained" plays two
 * rounds for the pixels alone, then three duels, whose schedules begin with them, as the discriminator's own steps do.
 */
class TranslatingGamesOracleTest {
    @ParameterizedTest
    @CsvSource({"pix2pix, 3", "pretrained, 5", "cyclegan, 3"})
    void everyRoundLeavesWhatPyTorchsLeaves(String name, int rounds) {
        Oracle oracle = Oracle.read("game/" + name);
        try (Game game = game(name, oracle)) {
            for (int step = 1; step <= rounds; step++) {
                Round round = game.play(step, step == rounds);

                Oracle expected = oracle.in("round" + step);
                assertThat(round.losses().keySet())
                        .containsExactlyInAnyOrderElementsOf(
                                expected.in("loss").arrays().keySet());
                round.losses().forEach((player, loss) -> {
                    double theirs = expected.in("loss").array(player).values()[0];
                    assertThat(loss).as("loss of the " + player).isCloseTo(theirs, within(1e-5 * theirs));
                });
                game.settle();
                Map<String, Tensor> state = game.state().tensors();
                state.keySet().removeIf(key -> key.startsWith("pool.")); // of size 0
                NoiseGameOracleTest.assertState(state, expected.in("state"));
            }
        }
    }

    /** The game of the recipe, with the oracle's weights in the players and in the moving averages. */
    private static Game game(String name, Oracle oracle) {
        Recipe recipe = Recipe.parse(name, Oracle.recipe("game/" + name), name + ".yaml", StandardCatalogue.INSTANCE);
        List<Split> data = GameOptions.of(recipe).generators().size() == 1
                ? List.of(Split.none(Raw.of(oracle, "a", "b")))
                : List.of(Split.none(Raw.of(oracle, "a")), Split.none(Raw.of(oracle, "b")));
        Game game = GameOptions.of(recipe).create(recipe, data);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            game.state().tensors().forEach((key, tensor) -> {
                if (!key.startsWith("optimizer.") && !key.startsWith("pool.")) {
                    tensor.set(oracle.tensor(key.replaceFirst("^ema", "generator")));
                }
            });
        }
        return game;
    }
}
