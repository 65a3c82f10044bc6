package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Raw;
import io.gander.architecture.Architectures;
import io.gander.architecture.Latent;
import io.gander.data.Split;
import io.gander.oracle.Oracle;
import io.gander.recipe.Recipe;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole games, from the recipe on, against the same rounds in PyTorch. The side 32 runs channels-last. */
class NoiseGameOracleTest {
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan-28", "dcgan-32", "dcgan-keras"})
    void everyRoundLeavesWhatPyTorchsLeaves(String name) {
        Oracle oracle = Oracle.read(name);
        try (Game game = game(name, oracle)) {
            for (int step = 1; step <= ROUNDS; step++) {
                Round round = game.play(step, step == ROUNDS);

                Oracle expected = oracle.in("round" + step);
                round.losses().forEach((player, loss) -> {
                    double theirs = expected.in("loss").array(player).values()[0];
                    assertThat(loss).as("loss of the " + player).isCloseTo(theirs, within(1e-5 * theirs));
                });
                Map<String, Tensor> state = game.state().tensors();
                state.keySet().removeIf(key -> key.matches(MEASURED));
                assertState(state, expected.in("state").without(MEASURED));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan-keras"})
    void latentsAreThoseOfPyTorchsGenerator(String name) {
        Recipe recipe = recipe(name);
        Latent latent = Architectures.generator(recipe).latent();
        Oracle oracle = Oracle.read(name);
        for (int step = 1; step <= ROUNDS; step++) {
            try (Scope scope = Scope.open()) {
                Draws draws = Draws.of(recipe.train().seed(), step);
                oracle.assertEqual(
                        "round" + step + ".latent", latent.draw(recipe.train().batch(), draws));
            }
        }
    }

    private static Recipe recipe(String name) {
        return Recipe.parse(name, Oracle.recipe(name), name + ".yaml", StandardCatalogue.INSTANCE);
    }

    /** The game of the recipe, with the oracle's weights in the players and in the moving ema. */
    private static Game game(String name, Oracle oracle) {
        Game game = GameOptions.of(recipe(name)).create(recipe(name), List.of(Split.none(Raw.of(oracle, "pixels"))));
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            game.state().tensors().forEach((key, tensor) -> {
                if (!key.startsWith("optimizer.")) {
                    tensor.set(oracle.tensor(key.replaceFirst("^ema", "generator")));
                }
            });
        }
        return game;
    }

    /** The average's statistics are measured on latents of their own, not averaged: ModelTest looks at those. */
    private static final String MEASURED = "ema\\..*running_.*";

    /** Each kind on its own, such as "optimizer.generator.square", since their sizes differ by powers of ten. */
    static void assertState(Map<String, Tensor> state, Oracle oracle) {
        Map<String, Map<String, Tensor>> kinds = new LinkedHashMap<>();
        assertThat(state.keySet())
                .containsExactlyInAnyOrderElementsOf(oracle.arrays().keySet());
        state.forEach((key, tensor) -> {
            String kind = key.replaceFirst("\\.\\d.*", "");
            kinds.computeIfAbsent(kind, any -> new LinkedHashMap<>()).put(key.substring(kind.length() + 1), tensor);
        });
        kinds.forEach((kind, tensors) -> oracle.in(kind).assertAll(tensors));
    }
}
