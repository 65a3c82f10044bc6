package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.oracle.Oracle;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against PyTorch's logarithms of sigmoids, on logits of every size. */
class NonSaturatingTest {
    private final Objective objective = new NonSaturating(0);

    /** A critic whose pictures are the logits. */
    private static Tensor itself(Tensor logits) {
        return logits;
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "right50", "wrong50", "right1000", "wrong1000"})
    void bothLossesAndTheirGradientsMatch(String name) {
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("loss").in(name);
            Tensor real = oracle.tensor("real").requiresGrad(true);
            Tensor fake = oracle.tensor("fake").requiresGrad(true);

            Tensor discriminator = objective
                    .discriminator(NonSaturatingTest::itself, real, fake)
                    .loss();
            Tensor generator = objective.generator(NonSaturatingTest::itself, real, fake);

            oracle.assertEqual("discriminator", discriminator);
            oracle.assertEqual("generator", generator);
            List<Tensor> gradients = Tensor.gradients(discriminator, List.of(real, fake), false);
            oracle.assertEqual("d_real", gradients.get(0));
            oracle.assertEqual("d_fake", gradients.get(1));
            oracle.assertEqual(
                    "g_fake", Tensor.gradients(generator, List.of(fake), false).get(0));
        }
    }

    @Test
    void aLostGeneratorKeepsItsGradient() {
        try (Scope scope = Scope.open()) {
            Tensor fake = Tensor.full(-1000, 1, 1).requiresGrad(true);

            Tensor loss = objective.generator(NonSaturatingTest::itself, fake, fake);

            assertThat(loss.item()).isEqualTo(1000);
            assertThat(Tensor.gradients(loss, List.of(fake), false).get(0).item())
                    .isEqualTo(-1);
        }
    }

    @Test
    void theVerdictHoldsTheLogits() {
        try (Scope scope = Scope.open()) {
            Tensor real = Tensor.of(new float[] {1, 2}, 2, 1);
            Tensor fake = Tensor.of(new float[] {-3, 4}, 2, 1);

            Objective.DiscriminatorLoss scored = objective.discriminator(NonSaturatingTest::itself, real, fake);

            assertThat(scored.real().toArray()).containsExactly(1, 2);
            assertThat(scored.fake().toArray()).containsExactly(-3, 4);
        }
    }
}
