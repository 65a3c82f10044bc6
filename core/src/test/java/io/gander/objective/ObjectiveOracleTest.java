package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.oracle.Oracle;
import io.gander.recipe.Sections;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every loss against PyTorch, with the gradients for the discriminator's weights and the generator's pictures. */
class ObjectiveOracleTest {
    private static double smoothing(String loss) {
        return switch (loss) {
            case "non-saturating" -> 0.1;
            case "least-squares" -> 0.2;
            default -> 0;
        };
    }

    static Set<String> losses() {
        return Losses.names();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void bothPlayersHearWhatPyTorchsHear(String loss) {
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("objective/losses");
            Oracle expected = oracle.in(loss);
            List<Tensor> weights = Critics.weights(oracle);
            Objective.Critic critic = x -> Critics.apply(weights, x);
            Tensor real = oracle.tensor("real");
            Tensor fake = oracle.tensor("fake").requiresGrad(true);
            Objective objective = Losses.read(
                    Sections.of("objective", "{loss: " + loss + ", smoothing: " + smoothing(loss) + "}"), "hinge");

            Tensor discriminator =
                    objective.discriminator(critic, real, fake.detach()).loss();
            Tensor generator = objective.generator(critic, real, fake);

            expected.assertEqual("discriminator", discriminator);
            expected.assertEqual("generator", generator);
            Critics.assertGradients(expected.in("d"), discriminator, weights);
            expected.assertEqual(
                    "g", Tensor.gradients(generator, List.of(fake), false).get(0));
        }
    }

    @Test
    void aMinimaxGeneratorThatIsSeenThroughHearsNothing() {
        try (Scope scope = Scope.open()) {
            Tensor fake = Tensor.full(-50, 1, 1).requiresGrad(true);

            Tensor minimax = new Minimax(0).generator(x -> x, fake, fake);
            Tensor nonSaturating = new NonSaturating(0).generator(x -> x, fake, fake);

            assertThat(Tensor.gradients(minimax, List.of(fake), false).get(0).item())
                    .isCloseTo(0, within(1e-20));
            assertThat(Tensor.gradients(nonSaturating, List.of(fake), false)
                            .get(0)
                            .item())
                    .isEqualTo(-1);
        }
    }

    @Test
    void scoresOfRelativeLossesCompareWithTheOtherKind() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {7}, 1);
            Tensor others = Tensor.of(new float[] {5, 9}, 2);

            assertThat(new RelativisticPairing().score(logits, others).item()).isEqualTo(0.5);
            assertThat(new Wasserstein().score(logits, others).item()).isEqualTo(0.5);
            assertThat(new NonSaturating(0).score(logits, others).item()).isGreaterThan(0.99);
        }
    }
}
