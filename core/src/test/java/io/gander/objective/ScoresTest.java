package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.oracle.Oracle;
import io.gander.recipe.Sections;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Least squares and relativistic averages against PyTorch, on one logit a picture and on maps of them. */
class ScoresTest {
    /** A critic whose pictures are the logits. */
    private static Tensor itself(Tensor logits) {
        return logits;
    }

    private static Objective objective(String loss) {
        return Losses.read(Sections.of("objective", "loss: " + loss), "hinge");
    }

    static Set<String> losses() {
        return Losses.names();
    }

    @ParameterizedTest
    @CsvSource({
        "least-squares, calm",
        "least-squares, patches",
        "least-squares, right",
        "least-squares, wrong",
        "relativistic-average, calm",
        "relativistic-average, patches",
        "relativistic-average, right",
        "relativistic-average, wrong"
    })
    void bothLossesAndTheirGradientsMatch(String loss, String name) {
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("game/" + loss).in(name);
            Tensor real = oracle.tensor("real").requiresGrad(true);
            Tensor fake = oracle.tensor("fake").requiresGrad(true);

            Tensor discriminator = objective(loss)
                    .discriminator(ScoresTest::itself, real, fake)
                    .loss();
            Tensor generator = objective(loss).generator(ScoresTest::itself, real, fake);

            oracle.assertEqual("discriminator", discriminator);
            oracle.assertEqual("generator", generator);
            List<Tensor> gradients = Tensor.gradients(discriminator, List.of(real, fake), false);
            oracle.assertEqual("d_real", gradients.get(0));
            oracle.assertEqual("d_fake", gradients.get(1));
            oracle.assertEqual(
                    "g_fake", Tensor.gradients(generator, List.of(fake), false).get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void theVerdictHoldsTheLogits(String loss) {
        try (Scope scope = Scope.open()) {
            Tensor real = Tensor.of(new float[] {1, 2}, 2, 1);
            Tensor fake = Tensor.of(new float[] {-3, 4}, 2, 1);

            Objective.DiscriminatorLoss scored = objective(loss).discriminator(ScoresTest::itself, real, fake);

            assertThat(scored.real().toArray()).containsExactly(1, 2);
            assertThat(scored.fake().toArray()).containsExactly(-3, 4);
        }
    }

    @Test
    void leastSquaresScoresAreTheLogitsThemselves() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensor.of(new float[] {0, 1.5F}, 2);

            assertThat(objective("least-squares").score(logits, logits.mul(0)).toArray())
                    .containsExactly(0, 1.5F);
            assertThat(objective("relativistic-average")
                            .score(logits, logits.mul(0))
                            .toArray()[0])
                    .isEqualTo(0.5F);
        }
    }
}
