package io.gander.layer;

import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.oracle.Oracle;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchNormTest {
    private static final Shape IMAGE = Shape.of(3, 4, 5);

    @Test
    void vectorsMatchWithKerassSettings() {
        assertMatches("flat", Shape.of(3), Layers.kerasBatchNorm(), false);
    }

    @Test
    void imagesMatchWithPyTorchsSettings() {
        assertMatches("image", IMAGE, Layers.batchNorm(), false);
    }

    @Test
    void imagesInChannelsLastMatch() {
        assertMatches("image", IMAGE, Layers.batchNorm(), true);
    }

    @Test
    void theSettingsCount() {
        assertMatches("coarse", IMAGE, new BatchNorm(1e-2, 0.3), false);
    }

    private static void assertMatches(String name, Shape shape, BatchNorm layer, boolean channelsLast) {
        Oracle oracle = Oracle.read("batch-norm").in(name);
        Network network = new Network(name, shape, layer, Initializer.GLOROT_UNIFORM);
        try (Model model = Model.create(network, 1);
                Scope scope = Scope.open()) {
            model.load(oracle.values());
            Tensor x = channelsLast ? oracle.tensor("x").channelsLast() : oracle.tensor("x");
            x.requiresGrad(true);

            Tensor y = model.apply(x, true);
            oracle.assertEqual("training", y);
            assertGradients(oracle.in("gradient"), y.mul(oracle.tensor("slope")).sum(), x, model);
            Map<String, Tensor> weights = model.weights();
            oracle.in("moved").assertEqual("running_mean", weights.get("running_mean"));
            oracle.in("moved").assertEqual("running_var", weights.get("running_var"));
            try (NoGrad off = NoGrad.open()) {
                oracle.assertEqual("inference", model.apply(x, false));
            }
        }
    }

    private static void assertGradients(Oracle oracle, Tensor loss, Tensor x, Model model) {
        List<Tensor> parameters = model.parameters();
        List<Tensor> gradients = Tensor.gradients(loss, List.of(x, parameters.get(0), parameters.get(1)), false);
        oracle.assertEqual("x", gradients.get(0));
        oracle.assertEqual("weight", gradients.get(1));
        oracle.assertEqual("bias", gradients.get(2));
    }
}
