package io.gander.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.network.Model;
import io.gander.objective.NonSaturating;
import io.gander.objective.Objective;
import io.gander.oracle.Duel;
import io.gander.oracle.Oracle;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both networks of every architecture, forward and backward, against PyTorch's. The side 32 runs channels-last. */
class OracleTest {
    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan-28", "dcgan-32", "dcgan-keras"})
    void trainingMatchesAndMovesTheStatistics(String name) {
        try (Duel duel = Duel.of(name);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor fake = duel.generator().apply(duel.oracle().tensor("latent"), true);
            Tensor onReal = duel.discriminator().apply(duel.real(), true);
            Tensor onFake = duel.discriminator().apply(fake, true);
            duel.discriminator().apply(fake, true); // the oracle's generator loss looks once more

            Oracle training = duel.oracle().in("training");
            training.assertEqual("fake", fake);
            training.assertEqual("on_real", onReal);
            training.assertEqual("on_fake", onFake);
            assertMoved(duel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan-28", "dcgan-32", "dcgan-keras"})
    void inferenceMatchesAndMovesNothing(String name) {
        try (Duel duel = Duel.of(name);
                Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            loadMoved(duel, "generator", duel.generator());
            loadMoved(duel, "discriminator", duel.discriminator());

            Tensor fake = duel.generator().apply(duel.oracle().tensor("latent"), false);
            Tensor onReal = duel.discriminator().apply(duel.real(), false);

            Oracle inference = duel.oracle().in("inference");
            inference.assertEqual("fake", fake);
            inference.assertEqual("on_real", onReal);
            assertMoved(duel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "dcgan-28", "dcgan-32", "dcgan-keras"})
    void lossesAndTheirGradientsMatch(String name) {
        Objective objective = new NonSaturating(0);
        try (Duel duel = Duel.of(name);
                Scope scope = Scope.open()) {
            Objective.Critic critic = pictures -> duel.discriminator().apply(pictures, true);
            Tensor fake = duel.generator().apply(duel.oracle().tensor("latent"), true);
            Tensor discriminatorLoss =
                    objective.discriminator(critic, duel.real(), fake.detach()).loss();
            Tensor generatorLoss = objective.generator(critic, duel.real(), fake);

            Oracle losses = duel.oracle().in("loss");
            losses.assertEqual("discriminator", discriminatorLoss);
            losses.assertEqual("generator", generatorLoss);
            Oracle gradients = duel.oracle().in("gradient");
            gradients.in("discriminator").assertAll(gradients(discriminatorLoss, duel.discriminator()));
            gradients.in("generator").assertAll(gradients(generatorLoss, duel.generator()));
        }
    }

    @Test
    void dcganHasAsManyParametersAsPyTorchsExample() {
        Shape image = Shape.of(3, 64, 64);
        Latent latent = new Latent(100, Latent.Distribution.NORMAL);

        assertThat(new Dcgan.Generator(latent, 64, Output.TANH).network(image).parameters())
                .isEqualTo(3_576_704);
        assertThat(new Dcgan.Discriminator(64, Norm.BATCH, false, false)
                        .network(image)
                        .parameters())
                .isEqualTo(2_765_568);
    }

    @Test
    void kerasDcganHasAsManyValuesAsTheBooks() {
        Shape image = Shape.of(1, 28, 28);
        Latent latent = new Latent(100, Latent.Distribution.UNIFORM);

        assertThat(new KerasDcgan.Generator(latent, 32, Output.SIGMOID)
                        .network(image)
                        .values())
                .isEqualTo(1_301_505);
        assertThat(new KerasDcgan.Discriminator(32).network(image).values()).isEqualTo(1_080_577);
    }

    private static void assertMoved(Duel duel) {
        Oracle moved = duel.oracle().in("moved");
        moved.in("generator").assertAll(statistics(duel.generator()));
        moved.in("discriminator").assertAll(statistics(duel.discriminator()));
    }

    private static Map<String, Tensor> statistics(Model model) {
        Map<String, Tensor> statistics = new LinkedHashMap<>(model.weights());
        statistics.keySet().removeIf(key -> !key.contains(".running_"));
        return statistics;
    }

    private static void loadMoved(Duel duel, String player, Model model) {
        Map<String, float[]> values = duel.oracle().in(player).values();
        values.putAll(duel.oracle().in("moved").in(player).values());
        model.load(values);
    }

    private static Map<String, Tensor> gradients(Tensor loss, Model model) {
        List<Tensor> gradients = Tensor.gradients(loss, model.parameters(), false);
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (WeightSpec spec : model.network().weights()) {
            if (spec.trainable()) {
                named.put(spec.name(), gradients.get(named.size()));
            }
        }
        return named;
    }
}
