package io.gander.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.layer.Output;
import io.gander.network.FeatureNetwork;
import io.gander.oracle.Oracle;
import io.gander.recipe.Sections;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTest {
    private static Content.Options recipe(String objective) {
        return Content.Options.read(Sections.of("objective", objective));
    }

    /** Differences of 1, −2, 0 and 3. */
    @ParameterizedTest
    @CsvSource({"l1, 1.5", "l2, 3.5"})
    void pixelsAreComparedByMean(String pixel, double mean) {
        try (Content content = new Content(recipe("{pixel: " + pixel + ", pixel-weight: 10}"), null, Output.TANH);
                Scope scope = Scope.open()) {
            Tensor output = Tensor.of(new float[] {1, 0, 5, 3}, 1, 1, 2, 2).requiresGrad(true);
            Tensor target = Tensor.of(new float[] {0, 2, 5, 0}, 1, 1, 2, 2);

            assertThat(content.pixels(output, target).item()).isEqualTo(mean);
            Tensor loss = content.loss(output, target);
            assertThat(loss.item()).isCloseTo(10 * mean, within(1e-6));
            float[] slope = pixel.equals("l1") ? new float[] {2.5F, -2.5F, 0, 2.5F} : new float[] {5, -10, 0, 15};
            assertThat(Tensor.gradients(loss, List.of(output), false).get(0).toArray())
                    .containsExactly(slope);
        }
    }

    /** The network sees 0…1, whatever the range of the pictures; it compares as the pixels are compared. */
    @ParameterizedTest
    @CsvSource({"l1, conv3_1", "l2, conv3_1", "l2, relu2_1"})
    void featuresAreAdded(String pixel, String layer, @TempDir Path folder) throws IOException {
        Oracle oracle = Oracle.read("features");
        Path file = folder.resolve("vgg.safetensors");
        Safetensors.writeArrays(file, oracle.in("network").arrays(), Map.of());
        Content.Options recipe = recipe("{pixel: " + pixel + ", pixel-weight: 3, perceptual: 0.25, features: vgg19,"
                + " feature-layer: " + layer + "}");
        try (Content content = new Content(recipe, FeatureNetwork.open(file), Output.TANH);
                FeatureNetwork network = FeatureNetwork.open(file);
                Scope scope = Scope.open()) {
            Tensor a = oracle.tensor("a");
            Tensor b = oracle.tensor("b");
            Tensor output = a.mul(2).add(-1).requiresGrad(true);
            Tensor target = b.mul(2).add(-1);

            Tensor real = map(network, b, layer);
            Tensor difference = map(network, a, layer).sub(real);
            double seen = pixel.equals("l1")
                    ? difference.abs().mean().item() / real.abs().mean().item()
                    : difference.square().mean().item() / real.square().mean().item();
            double expected = 3 * content.pixels(output, target).item() + 0.25 * seen;

            Tensor loss = content.loss(output, target);
            assertThat(loss.item()).isCloseTo(expected, within(1e-5 * expected));
            assertThat(Tensor.gradients(loss, List.of(output), false)
                            .get(0)
                            .norm()
                            .item())
                    .isPositive();
        }
    }

    @Test
    void whatIsEqualCostsNothing() {
        try (Content content = new Content(recipe("{}"), null, Output.SIGMOID);
                Scope scope = Scope.open()) {
            Tensor same = Tensor.full(0.3, 1, 1, 2, 2);
            assertThat(content.loss(same, same).item()).isZero();
        }
    }

    private static Tensor map(FeatureNetwork network, Tensor pictures, String layer) {
        return Objects.requireNonNull(network.features(pictures, List.of(layer)).get(layer));
    }
}
