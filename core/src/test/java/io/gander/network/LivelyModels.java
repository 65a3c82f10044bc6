package io.gander.network;

import io.gander.layer.WeightSpec;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Models for tests that look trained: no weight is at its start's 0 or 1. */
public final class LivelyModels {
    private LivelyModels() {}

    /** A model whose γ, β and biases are random, and whose running statistics have seen a few batches. */
    public static Model create(Network network, long seed) {
        Model model = Model.create(network, seed);
        Random random = new Random(seed);
        Map<String, float[]> weights = weights(model);
        Iterator<float[]> all = weights.values().iterator();
        for (WeightSpec spec : network.weights()) {
            float[] values = all.next();
            for (int i = 0; i < values.length; i++) {
                switch (spec.role()) {
                    case SCALE -> values[i] *= random.nextFloat(0.5f, 1.5f);
                    case BIAS, SHIFT -> values[i] += random.nextFloat(-0.5f, 0.5f);
                    case SLOPE -> values[i] = random.nextFloat(-0.5f, 0.5f);
                    case KERNEL, EMBEDDING, DIRECTION, RUNNING_MEAN, RUNNING_VARIANCE -> {}
                }
            }
        }
        model.load(weights);
        for (int step = 0; step < 4; step++) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.open()) {
                model.apply(input(network, 16, seed + step).mul(1.5).add(0.2), true, Draws.of(seed, step));
            }
        }
        return model;
    }

    /** A batch of N(0, 1) in the network's input shape. */
    public static Tensor input(Network network, int batch, long seed) {
        return Draws.of(seed).normal(network.input().batch(batch));
    }

    /** A model's weights as arrays, in the network's order. */
    public static Map<String, float[]> weights(Model model) {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        try (Scope scope = Scope.open()) {
            model.weights().forEach((name, tensor) -> arrays.put(name, tensor.toArray()));
        }
        return arrays;
    }

    /** The largest |a − b|; infinite if one of them is not a number. */
    public static double difference(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new AssertionError(a.length + " and " + b.length + " values");
        }
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = Math.abs((double) a[i] - b[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }
}
