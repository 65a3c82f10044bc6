package io.gander.network;

import io.gander.layer.Composite;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Pass;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.tensor.Draws;
import io.gander.tensor.Gradients;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each layer of a network takes, measured layer by layer with random examples, in the memory format that the network trains
 * in. What a composite layer does beside its body (an addition, a concatenation) is left out.
 */
public final class LayerTimes {
    private static final int ROUNDS = 8;

    /**
     * One layer's times for a batch, seconds, the least of some.
     *
     * @param place in the network, as {@link Summary} names it
     * @param flops of the batch, forward; the gradients to the input and to the weights take as many each
     * @param toInput backward, to its input
     * @param toWeights backward, to its weights; 0 if it has none
     */
    public record Row(
            String place, String layer, Shape output, double flops, double forward, double toInput, double toWeights) {}

    private record Leaf(String place, Layer layer, Shape input) {}

    private LayerTimes() {}

    /** Measures every layer with so many examples at once. */
    public static List<Row> measure(Network network, int batch) {
        List<Leaf> leaves = new ArrayList<>();
        Summary.walk("", network.layer(), network.input(), (place, layer, input) -> {
            if (!(layer instanceof Composite)) {
                leaves.add(new Leaf(place, layer, input));
            }
        });
        double[][] best = new double[leaves.size()][3];
        for (double[] times : best) {
            Arrays.fill(times, Double.POSITIVE_INFINITY);
        }
        boolean channelsLast = MemoryFormat.channelsLast(network);
        // all layers in turn, so that each finds the caches as cold as in training
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < leaves.size(); i++) {
                try (Scope scope = Scope.open()) {
                    time(leaves.get(i), network.initializer(), batch, channelsLast, best[i]);
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = leaves.get(i);
            rows.add(new Row(
                    leaf.place,
                    leaf.layer.toString(),
                    leaf.layer.output(leaf.input),
                    (double) batch * leaf.layer.flops(leaf.input),
                    best[i][0],
                    best[i][1],
                    best[i][2]));
        }
        return List.copyOf(rows);
    }

    private static void time(Leaf leaf, Initializer initializer, int batch, boolean channelsLast, double[] best) {
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> moved = new ArrayList<>();
        for (WeightSpec spec : leaf.layer.weights(leaf.input)) {
            Tensor weight = MemoryFormat.place(initializer.make(spec, Draws.of(weights.size())), spec, channelsLast);
            weights.add(weight);
            if (spec.trainable()) {
                moved.add(weight.requiresGrad(true));
            }
        }
        Tensor x = MemoryFormat.place(random(batch, leaf.input), leaf.input, channelsLast)
                .requiresGrad(true);
        long began = System.nanoTime();
        Tensor y = leaf.layer.apply(x, new Pass(weights, true, Double.NaN, Draws.of(0), weight -> weight));
        best[0] = Math.min(best[0], secondsSince(began));

        Shape output = leaf.layer.output(leaf.input);
        Tensor gradient = MemoryFormat.place(random(batch, output), output, channelsLast);
        began = System.nanoTime();
        Gradients.flowingBack(y, gradient, List.of(x));
        best[1] = Math.min(best[1], secondsSince(began));

        began = System.nanoTime();
        if (!moved.isEmpty()) {
            Gradients.flowingBack(y, gradient, moved);
        }
        best[2] = moved.isEmpty() ? 0 : Math.min(best[2], secondsSince(began));
    }

    private static Tensor random(int batch, Shape shape) {
        return Draws.of(batch).normal(shape.batch(batch));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) * 1e-9;
    }
}
