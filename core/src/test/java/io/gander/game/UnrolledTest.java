package io.gander.game;

import io.gander.objective.Critics;
import io.gander.objective.NonSaturating;
import io.gander.objective.Objective;
import io.gander.oracle.Oracle;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The generator's look ahead against PyTorch, through the discriminator's moves. */
class UnrolledTest {
    @Test
    void theGeneratorsGradientFlowsThroughTheDiscriminatorsMoves() {
        Objective objective = new NonSaturating(0);
        try (Scope scope = Scope.open()) {
            Oracle oracle = Oracle.read("objective/unrolled");
            Tensor real = oracle.tensor("real");
            Tensor fake = oracle.tensor("fake").requiresGrad(true);

            List<Tensor> later = NoiseGame.ahead(3, 0.3, Critics.weights(oracle), (move, now) -> objective
                    .discriminator(x -> Critics.apply(now, x), real, fake)
                    .loss());
            Tensor loss = objective.generator(x -> Critics.apply(later, x), real, fake);

            oracle.assertEqual("generator", loss);
            oracle.assertEqual("g", Tensor.gradients(loss, List.of(fake), false).get(0));
        }
    }
}
