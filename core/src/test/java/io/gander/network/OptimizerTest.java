package io.gander.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.Conv;
import io.gander.layer.Initializer;
import io.gander.layer.Shape;
import io.gander.oracle.Oracle;
import io.gander.recipe.OptimizerRecipe;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three steps along given gradients, weights and state after each, against PyTorch's optimisers. */
class OptimizerTest {
    /** From which memory the update reads and to which it writes. */
    private enum Format {
        BOTH_PLAIN(8, false),
        BOTH_CHANNELS_LAST(32, true),
        PLAIN_GRADIENT(32, false),
        CHANNELS_LAST_GRADIENT(8, true);

        /** Of the pictures; it decides the format of the weights. */
        final int side;

        final boolean channelsLastGradient;

        Format(int side, boolean channelsLastGradient) {
            this.side = side;
            this.channelsLastGradient = channelsLastGradient;
        }
    }

    @ParameterizedTest
    @EnumSource
    void adamMatchesWithDcgansSettings(Format format) {
        assertMatches("adam-dcgan", adam(0.5, 0.999, 1e-8, 0), format);
    }

    @ParameterizedTest
    @EnumSource
    void adamMatchesWithKerassSettings(Format format) {
        assertMatches("adam-keras", adam(0.9, 0.999, 1e-7, 0), format);
    }

    @ParameterizedTest
    @EnumSource
    void adamMatchesWithLargeEpsilonAndDecay(Format format) {
        assertMatches("adam-coarse", adam(0.6, 0.8, 1e-2, 0.1), format);
    }

    @ParameterizedTest
    @EnumSource
    void rmsPropMatchesWithKerassSettings(Format format) {
        assertMatches("rmsprop-keras", rmsProp(0.9, 1e-7, 6e-8), format);
    }

    @ParameterizedTest
    @EnumSource
    void rmsPropMatchesWithLargeEpsilonAndDecay(Format format) {
        assertMatches("rmsprop-coarse", rmsProp(0.7, 1e-2, 0.1), format);
    }

    @Test
    void stateIsNamedAfterKindAndParameter() {
        try (Model model = model(8);
                Optimizer optimizer = Optimizer.create(model, adam(0.5, 0.999, 1e-8, 0))) {
            assertThat(optimizer.state()).containsOnlyKeys("mean.weight", "mean.bias", "square.weight", "square.bias");
        }
    }

    private static OptimizerRecipe adam(double beta1, double beta2, double epsilon, double decay) {
        return new OptimizerRecipe(
                OptimizerRecipe.Algorithm.ADAM,
                0.1,
                beta1,
                beta2,
                epsilon,
                decay,
                OptimizerRecipe.Schedule.CONSTANT,
                0);
    }

    private static OptimizerRecipe rmsProp(double rho, double epsilon, double decay) {
        return new OptimizerRecipe(
                OptimizerRecipe.Algorithm.RMSPROP, 0.1, 0, rho, epsilon, decay, OptimizerRecipe.Schedule.CONSTANT, 0);
    }

    /** One convolution, 2 channels to 3, whose kernel is channels-last if the side is large enough. */
    private static Model model(int side) {
        Network network = new Network(
                "one convolution", Shape.of(2, side, side), new Conv(3, 4, 4, 0, true), Initializer.GLOROT_UNIFORM);
        return Model.create(network, 1);
    }

    private static void assertMatches(String name, OptimizerRecipe recipe, Format format) {
        Oracle file = Oracle.read("optimizer");
        try (Model model = model(format.side);
                Optimizer optimizer = Optimizer.create(model, recipe)) {
            model.load(file.in("start").values());
            for (int step = 1; step <= 3; step++) {
                try (Scope scope = Scope.open()) {
                    optimizer.step(gradients(file.in("gradient" + step), format), step, recipe.rateAt(step, 3));

                    Oracle oracle = file.in(name + "." + step);
                    model.weights().forEach(oracle::assertEqual);
                    optimizer.state().forEach(oracle.in("state")::assertEqual);
                }
            }
        }
    }

    private static List<Tensor> gradients(Oracle oracle, Format format) {
        List<Tensor> gradients = new ArrayList<>();
        Tensor weight = oracle.tensor("weight");
        gradients.add(format.channelsLastGradient ? weight.channelsLast() : weight);
        gradients.add(oracle.tensor("bias"));
        return gradients;
    }
}
