package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.layer.Output;
import io.gander.objective.Critics;
import io.gander.objective.NonSaturating;
import io.gander.objective.Objective;
import io.gander.oracle.Oracle;
import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the discriminator of a game from noise sees: labels against PyTorch, the rest against plain computations. */
class NoiseCriticTest {
    private static NoiseOptions rules(Map<String, ?> keys) {
        return (NoiseOptions) Gander.recipe("mnist-mlp-keras").with(keys).rules();
    }

    private static AugmentRecipe none() {
        return rules(Map.of()).augment();
    }

    @ParameterizedTest
    @CsvSource({"projection, false", "auxiliary, false", "projection, true", "auxiliary, true"})
    void labelledLossesArePyTorchs(String kind, boolean inOnePass) {
        Map<String, ?> keys = kind.equals("auxiliary")
                ? Map.of("objective.labels", kind, "objective.auxiliary", 0.5)
                : Map.of("objective.labels", kind);
        NoiseOptions rules = rules(keys);
        Objective objective = new NonSaturating(0);
        try (Scope scope = Scope.open();
                Augment augment = new Augment(none(), Output.SIGMOID)) {
            Oracle oracle = Oracle.read("objective/labelled");
            Oracle expected = oracle.in(kind);
            List<Tensor> weights = Critics.weights(oracle);
            Tensor labels = oracle.tensor("labels");
            Tensor real = oracle.tensor("real");
            Tensor fake = oracle.tensor("fake").requiresGrad(true);

            NoiseCritic accuser = critic(x -> Critics.apply(weights, x), inOnePass, rules, augment, 0, labels);
            Tensor discriminatorLoss = accuser.withClasses(
                    objective.discriminator(accuser, real, fake.detach()).loss(), 2);
            NoiseCritic defender = critic(x -> Critics.apply(weights, x), inOnePass, rules, augment, 0, labels);
            Tensor adversarial = defender.withClasses(objective.generator(defender, real, fake), 1);

            expected.assertEqual("discriminator", discriminatorLoss);
            expected.assertEqual("generator", adversarial);
            Critics.assertGradients(expected.in("d"), discriminatorLoss, weights);
            expected.assertEqual(
                    "g", Tensor.gradients(adversarial, List.of(fake), false).get(0));
        }
    }

    private static NoiseCritic critic(
            UnaryOperator<Tensor> network,
            boolean independent,
            NoiseOptions rules,
            Augment augment,
            double sigma,
            @Nullable Tensor labels) {
        return new NoiseCritic((x, draws) -> network.apply(x), independent, rules, augment, sigma, labels, Draws.of(5));
    }

    @Test
    void packedNeighboursBecomeChannelsOfOnePicture() {
        NoiseOptions rules = rules(Map.of("objective.packing", 2));
        try (Scope scope = Scope.open();
                Augment augment = new Augment(none(), Output.SIGMOID)) {
            float[] values = new float[4 * 3 * 2 * 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = i;
            }
            NoiseCritic critic = critic(x -> x, false, rules, augment, 0, null);

            Tensor seen = critic.apply(Tensor.of(values, 4, 3, 2, 2));

            assertThat(seen.shape()).containsExactly(2, 6, 2, 2);
            assertThat(seen.toArray()).containsExactly(values);
        }
    }

    @Test
    void bothKindsAreJudgedInOnePassWhereThatIsTheSame() {
        NoiseOptions rules = rules(Map.of());
        try (Scope scope = Scope.open();
                Augment augment = new Augment(none(), Output.SIGMOID)) {
            Tensor real = Draws.of(1).normal(3, 1, 2, 2);
            Tensor fake = Draws.of(2).normal(3, 1, 2, 2);
            List<Long> asked = new ArrayList<>();
            UnaryOperator<Tensor> network = x -> {
                asked.add(x.shape()[0]);
                return x;
            };

            Objective.Logits together =
                    critic(network, true, rules, augment, 0, null).both(real, fake);
            critic(network, false, rules, augment, 0, null).both(real, fake);
            critic(network, true, rules, augment, 0, null).both(real.copy().requiresGrad(true), fake);

            assertThat(together.real().toArray()).containsExactly(real.toArray());
            assertThat(together.fake().toArray()).containsExactly(fake.toArray());
            assertThat(asked).containsExactly(6L, 3L, 3L, 3L, 3L);
        }
    }

    @Test
    void noiseIsAsStrongAsItsSigma() {
        NoiseOptions rules = rules(Map.of());
        try (Scope scope = Scope.open();
                Augment augment = new Augment(none(), Output.SIGMOID)) {
            Tensor clean = Tensor.zeros(100, 1, 10, 10);

            Tensor seen = critic(x -> x, false, rules, augment, 0.5, null).apply(clean);

            assertThat(Math.sqrt(seen.square().mean().item())).isBetween(0.48, 0.52);
        }
    }
}
