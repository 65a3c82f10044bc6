package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The loss's template, against values by hand; the games' tests train with it. */
class TemplateLossTest {
    private static final Objective LOSS = new TemplateLoss();

    private static Tensor itself(Tensor logits) {
        return logits;
    }

    @Test
    void theDiscriminatorsLossAndItsGradients() {
        try (Scope scope = Scope.open()) {
            Tensor real = Tensor.of(new float[] {1, 3}, 2, 1).requiresGrad(true);
            Tensor fake = Tensor.of(new float[] {-2, 4}, 2, 1).requiresGrad(true);

            Tensor loss =
                    LOSS.discriminator(TemplateLossTest::itself, real, fake).loss();

            assertThat(loss.item()).as("((1 − 2) + (4 + 4)) / 2 − 2").isEqualTo(1.5);
            List<Tensor> gradients = Tensor.gradients(loss, List.of(real, fake), false);
            assertThat(gradients.get(0).toArray()).as("−1/m").containsExactly(-0.5f, -0.5f);
            assertThat(gradients.get(1).toArray()).as("(T/2 + 1)/m").containsExactly(0, 1.5f);
        }
    }

    @Test
    void theGeneratorsLossAndItsGradient() {
        try (Scope scope = Scope.open()) {
            Tensor fake = Tensor.of(new float[] {-2, 4, 7}, 3, 1).requiresGrad(true);

            Tensor loss = LOSS.generator(TemplateLossTest::itself, fake, fake);

            assertThat(loss.item()).isEqualTo(-3);
            assertThat(Tensor.gradients(loss, List.of(fake), false).get(0).toArray())
                    .containsExactly(new float[] {-1 / 3f, -1 / 3f, -1 / 3f}, within(1e-6f));
        }
    }
}
