package io.gander.layer;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import io.gander.tensor.Draws;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An activation may write over what the layer before it made, and over nothing else; nobody can tell by the results. */
class SequentialTest {
    private static final Shape FLAT = Shape.of(8);
    private static final Shape IMAGE = Shape.of(4, 6, 6);

    static List<Layer> overwritable() {
        return List.of(
                dense(5),
                conv(3, 3, 1, 1),
                conv(3, 6, 1, 0), // a matrix product
                convTranspose(3, 4, 2, 1),
                batchNorm(),
                new GroupNorm(2, 1e-5),
                new SpectralNorm(conv(3, 3, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("overwritable")
    void valuesAndFirstAndSecondGradientsAreThoseOfAFreshTensor(Layer layer) {
        assertThat(layer.overwritable()).isTrue();
        for (Activation activation : List.of(relu(), leakyRelu())) {
            assertThat(run(layer, sequential(layer, activation), null))
                    .usingRecursiveComparison()
                    .isEqualTo(run(layer, sequential(layer), activation));
        }
    }

    @Test
    void whatCameInStaysAsItIs() {
        List<Layer> networks = List.of(
                sequential(relu()),
                sequential(flatten(), relu()), // the same numbers in another shape
                sequential(residual(leakyRelu(), conv(4, 3, 1, 1)), leakyRelu()),
                sequential(conv(4, 3, 1, 1), relu()));
        for (Layer layer : networks) {
            try (Scope scope = Scope.open()) {
                Tensor x = Draws.of(1).normal(2, 4, 6, 6);
                float[] before = x.toArray();
                layer.apply(x, new Pass(weights(layer, IMAGE), true));
                assertThat(x.toArray()).as(layer.toString()).isEqualTo(before);
            }
        }
    }

    /** The values, the gradient to the input, and the gradients of its length to input and weights. */
    private static List<float[]> run(Layer layer, Layer network, @Nullable Activation behind) {
        try (Scope scope = Scope.open()) {
            boolean flat = layer instanceof Dense;
            List<Tensor> weights = weights(network, flat ? FLAT : IMAGE);
            Tensor x = Draws.of(3)
                    .normal(flat ? new long[] {3, 8} : new long[] {3, 4, 6, 6})
                    .requiresGrad(true);
            Tensor y = network.apply(x, new Pass(weights, true));
            y = behind == null ? y : behind.apply(y, new Pass(List.of(), true));
            Tensor slope = Tensor.gradients(y.mul(y).sum(), List.of(x), true).get(0);
            List<Tensor> second = Tensor.gradients(slope.mul(slope).sum(), List.of(x, weights.get(0)), false);
            return List.of(
                    y.toArray(),
                    slope.toArray(),
                    second.get(0).toArray(),
                    second.get(1).toArray());
        }
    }

    private static List<Tensor> weights(Layer layer, Shape input) {
        List<Tensor> weights = new ArrayList<>();
        for (WeightSpec spec : layer.weights(input)) {
            Tensor weight = Initializer.GLOROT_UNIFORM.make(spec, Draws.of(2, weights.size()));
            weights.add(spec.trainable() ? weight.requiresGrad(true) : weight);
        }
        return weights;
    }
}
