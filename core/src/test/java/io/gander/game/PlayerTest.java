package io.gander.game;

import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.sequential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.layer.Initializer;
import io.gander.layer.Shape;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.recipe.OptimizerRecipe;
import io.gander.recipe.Recipe;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** On f(x) = w·x + b at x = (3, 4): whatever w and b are, ∂f/∂w = (3, 4) and ∂f/∂b = 1, so the gradient's norm is √26. */
class PlayerTest {
    private static final double NORM = Math.sqrt(26);

    @Test
    void reportsTheNormOfTheWholeGradientIfAsked() {
        try (Player player = player("{lr: 0.1}")) {
            assertThat(learn(player, 1, true)).isCloseTo(NORM, within(1e-5));
            assertThat(learn(player, 2, false)).isNaN();
        }
    }

    @Test
    void adamFirstStepMovesEveryWeightByTheRate() {
        try (Player player = player("{lr: 0.1, epsilon: 0}")) {
            List<Double> before = parameters(player);

            learn(player, 1, false);

            assertThat(differences(before, parameters(player)))
                    .allSatisfy(d -> assertThat(d).isCloseTo(-0.1, within(1e-6)));
        }
    }

    @Test
    void rmspropFirstStepDividesByTheRootOfTheMean() {
        try (Player player = player("{optimizer: rmsprop, lr: 0.1, rho: 0.75, epsilon: 0}")) {
            List<Double> before = parameters(player);

            learn(player, 1, false);

            // g / √(¼·g²) is 2 for each g
            assertThat(differences(before, parameters(player)))
                    .allSatisfy(d -> assertThat(d).isCloseTo(-0.2, within(1e-6)));
        }
    }

    @Test
    void clippingShortensTheGradientAndKeepsItsDirection() {
        try (Player player = player("{optimizer: rmsprop, rho: 0, clip: 0.5}")) {
            assertThat(learn(player, 1, false)).as("before clipping").isCloseTo(NORM, within(1e-5));

            // With ρ = 0 the state is the square of the gradient that the optimiser saw.
            double factor = 0.25 / 26;
            assertThat(state(player, "optimizer.it.square.0.weight"))
                    .usingComparatorForType(within6(), Double.class)
                    .containsExactly(9 * factor, 16 * factor);
            assertThat(state(player, "optimizer.it.square.0.bias"))
                    .usingComparatorForType(within6(), Double.class)
                    .containsExactly(factor);
        }
    }

    @Test
    void aShortGradientIsNotClipped() {
        try (Player player = player("{optimizer: rmsprop, rho: 0, clip: 6}")) {
            learn(player, 1, false);

            assertThat(state(player, "optimizer.it.square.0.weight")).containsExactly(9.0, 16.0);
        }
    }

    @Test
    void theRateFollowsItsScheduleOverTheRun() {
        try (Player player = player("{optimizer: rmsprop, rho: 0, lr: 0.1, schedule: linear, epsilon: 0}")) {
            List<Double> start = parameters(player);
            learn(player, 76, false); // 75 of 100 steps have passed: half of the rate
            List<Double> middle = parameters(player);
            learn(player, 101, false); // all have
            List<Double> end = parameters(player);

            assertThat(differences(start, middle)).allSatisfy(d -> assertThat(d).isCloseTo(-0.05, within(1e-6)));
            assertThat(end).isEqualTo(middle);
        }
    }

    /** Each moves by its own gradient and rate, and clips by itself; the norm is that of both gradients together. */
    @Test
    void severalPlayersMoveAgainstOneLoss() {
        try (Player one = player("{lr: 0.1, epsilon: 0}");
                Player other = player("{optimizer: rmsprop, rho: 0, lr: 0.3, epsilon: 0, clip: 0.5}")) {
            List<Double> oneBefore = parameters(one);
            List<Double> otherBefore = parameters(other);

            double norm = learn(List.of(one, other), 1, true);

            assertThat(norm).isCloseTo(Math.sqrt(NORM * NORM + 4 * NORM * NORM), within(1e-5));
            assertThat(differences(oneBefore, parameters(one)))
                    .allSatisfy(d -> assertThat(d).isCloseTo(-0.1, within(1e-6)));
            assertThat(differences(otherBefore, parameters(other)))
                    .allSatisfy(d -> assertThat(d).isCloseTo(-0.3, within(1e-6)));
            assertThat(state(other, "optimizer.it.square.0.bias").get(0)).isCloseTo(0.25 / 26, within(1e-6));
            assertThat(learn(List.of(one, other), 2, false)).isNaN();
        }
    }

    /** Of the first player's output and twice the second's. */
    private static double learn(List<Player> players, long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {3, 4}, 1, 2);
            Tensor first = players.get(0).model().apply(x, true).mean();
            Tensor second = players.get(1).model().apply(x, true).mean().mul(2);
            return Player.learn(first.add(second), players, step, measure);
        }
    }

    private static Comparator<Double> within6() {
        return (a, b) -> Math.abs(a - b) < 1e-6 ? 0 : Double.compare(a, b);
    }

    private static Player player(String optimizer) {
        Network line = new Network("line", Shape.of(2), sequential(dense(1)), Initializer.DCGAN);
        return new Player("it", Model.create(line, 1), optimizer(optimizer), 100);
    }

    private static OptimizerRecipe optimizer(String yaml) {
        return Recipe.parse("tiny", """
                        data: {name: mnist}
                        generator: {architecture: mlp}
                        discriminator: {architecture: mlp}
                        train: {steps: 100, generator: %s}
                        """.formatted(yaml), "tiny.yaml", StandardCatalogue.INSTANCE)
                .train()
                .generator();
    }

    private static double learn(Player player, long step, boolean measure) {
        try (Scope scope = Scope.open()) {
            Tensor x = Tensor.of(new float[] {3, 4}, 1, 2);
            return player.learn(player.model().apply(x, true).mean(), step, measure);
        }
    }

    private static List<Double> parameters(Player player) {
        List<Double> all = new ArrayList<>();
        player.model().parameters().forEach(parameter -> all.addAll(values(parameter)));
        return all;
    }

    private static List<Double> state(Player player, String name) {
        GameState state = new GameState();
        player.addTo(state);
        return values(Objects.requireNonNull(state.tensors().get(name), name));
    }

    private static List<Double> values(Tensor tensor) {
        List<Double> values = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (float value : tensor.toArray()) {
                values.add((double) value);
            }
        }
        return values;
    }

    private static List<Double> differences(List<Double> before, List<Double> after) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            differences.add(after.get(i) - before.get(i));
        }
        return differences;
    }
}
