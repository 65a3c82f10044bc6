package io.gander.objective;

import io.gander.oracle.Oracle;
import io.gander.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The small critic of the oracle's objectives: x → tanh(x·W₁ᵀ + b₁)·W₂ᵀ + b₂. */
public final class Critics {
    private static final List<String> NAMES = List.of("w1", "b1", "w2", "b2");

    private Critics() {}

    /** Its weights, which require gradients. */
    public static List<Tensor> weights(Oracle oracle) {
        return NAMES.stream()
                .map(name -> oracle.tensor(name).requiresGrad(true))
                .toList();
    }

    public static Tensor apply(List<Tensor> weights, Tensor x) {
        return x.linear(weights.get(0), weights.get(1)).tanh().linear(weights.get(2), weights.get(3));
    }

    /** Compares gradients with respect to the weights; the last bias's is nothing but rounding for relativistic losses. */
    public static void assertGradients(Oracle expected, Tensor loss, List<Tensor> weights) {
        List<Tensor> compared = weights.subList(0, 3);
        List<Tensor> gradients = Tensor.gradients(loss, compared, false);
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < compared.size(); i++) {
            named.put(NAMES.get(i), gradients.get(i));
        }
        expected.assertAll(named);
    }
}
