package io.gander.network;

import io.gander.layer.Affine;
import io.gander.layer.BatchNorm;
import io.gander.layer.Composite;
import io.gander.layer.Dense;
import io.gander.layer.Dropout;
import io.gander.layer.Layer;
import io.gander.layer.Sequential;
import io.gander.layer.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A network for inference only, with batch norms folded into the layers next to them. In inference a batch norm is
 * x·s + t for each channel, with s = γ/√(σ² + ε) and t = β − μ·s, so it disappears exactly, up to rounding,
 *
 * <ul>
 *   <li>into the {@link Affine} layer directly before it: w′ = w·s along the outputs, b′ = b·s + t;
 *   <li>else into the {@link Dense} layer directly behind it: w′ = w·s along the inputs, b′ = b + w·t. Not into a
 *       convolution, whose padding zeroes would then count as x = 0 rather than as x·s + t = 0.
 * </ul>
 *
 * Dropout goes as well: in inference it does nothing, and where it would (see {@link Dropout#inUse}) what is left is its
 * mean. Every other batch norm stays. Inside a {@link Composite} its body is folded by itself, since what comes in is used
 * twice.
 *
 * @param network one flat {@link Sequential}, however deep the original's were nested; composites stay
 * @param weights by the new network's names, which follow the new places, in its order
 */
public record Folding(Network network, Map<String, float[]> weights) {
    /** A layer with its weights' values. */
    private record Part(Layer layer, Shape input, List<float[]> weights) {}

    /** A batch norm as x·factor + shift for each channel. */
    private record Scaling(double[] factor, double[] shift) {
        static Scaling of(BatchNorm norm, List<float[]> weights) {
            int n = weights.get(0).length;
            double[] factor = new double[n];
            double[] shift = new double[n];
            for (int i = 0; i < n; i++) {
                factor[i] = weights.get(0)[i] / Math.sqrt(weights.get(3)[i] + norm.epsilon());
                shift[i] = weights.get(1)[i] - weights.get(2)[i] * factor[i];
            }
            return new Scaling(factor, shift);
        }
    }

    /**
     * Folds what can be folded; the values that come in stay as they are.
     *
     * @param weights by name, in NCHW order
     * @throws io.gander.error.UserError if a weight is missing or has another size
     */
    public static Folding of(Network network, Map<String, float[]> weights) {
        return named(
                network,
                fold(network.layer(), network.input(), network.arrange(weights).iterator()));
    }

    private static List<Part> fold(Layer layer, Shape input, Iterator<float[]> weights) {
        List<Part> parts = new ArrayList<>();
        collect(layer, input, weights, parts);
        List<Part> folded = new ArrayList<>();
        for (Part part : parts) {
            int last = folded.size() - 1;
            if (last >= 0 && part.layer instanceof BatchNorm norm && folded.get(last).layer instanceof Affine affine) {
                folded.set(last, foldBehind(affine, folded.get(last), Scaling.of(norm, part.weights)));
            } else if (last >= 0
                    && part.layer instanceof Dense dense
                    && folded.get(last).layer instanceof BatchNorm norm) {
                folded.set(last, foldBefore(dense, part, Scaling.of(norm, folded.get(last).weights)));
            } else {
                folded.add(part);
            }
        }
        return folded;
    }

    private static void collect(Layer layer, Shape input, Iterator<float[]> weights, List<Part> into) {
        if (layer instanceof Sequential sequential) {
            Shape shape = input;
            for (Layer inner : sequential.layers()) {
                collect(inner, shape, weights, into);
                shape = inner.output(shape);
            }
        } else if (layer instanceof Composite composite) {
            List<Part> body = fold(composite.body(), input, weights);
            into.add(new Part(composite.with(sequential(body)), input, weights(body)));
        } else if (!(layer instanceof Dropout)) {
            List<float[]> own = new ArrayList<>();
            layer.weights(input).forEach(spec -> own.add(weights.next()));
            into.add(new Part(layer, input, own));
        }
    }

    private static Part foldBehind(Affine affine, Part part, Scaling norm) {
        int outputs = norm.factor.length;
        List<Integer> sizes = affine.weights(part.input).get(0).sizes();
        // so many of the kernel's values lie together that belong to the same output
        int run = sizes.subList(affine.outputAxis() + 1, sizes.size()).stream()
                .mapToInt(Integer::intValue)
                .reduce(1, (a, b) -> a * b);
        float[] kernel = part.weights.get(0).clone();
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (kernel[i] * norm.factor[i / run % outputs]);
        }
        float[] bias = affine.bias() ? part.weights.get(1).clone() : new float[outputs];
        for (int o = 0; o < outputs; o++) {
            bias[o] = (float) (bias[o] * norm.factor[o] + norm.shift[o]);
        }
        return new Part(affine.withBias(), part.input, List.of(kernel, bias));
    }

    private static Part foldBefore(Dense dense, Part part, Scaling norm) {
        int inputs = norm.factor.length;
        float[] kernel = part.weights.get(0).clone();
        float[] bias = dense.bias() ? part.weights.get(1).clone() : new float[dense.units()];
        for (int o = 0; o < bias.length; o++) {
            double sum = bias[o];
            for (int i = 0; i < inputs; i++) {
                sum += kernel[o * inputs + i] * norm.shift[i];
                kernel[o * inputs + i] = (float) (kernel[o * inputs + i] * norm.factor[i]);
            }
            bias[o] = (float) sum;
        }
        return new Part(dense.withBias(), part.input, List.of(kernel, bias));
    }

    private static Sequential sequential(List<Part> parts) {
        return new Sequential(parts.stream().map(Part::layer).toList());
    }

    private static List<float[]> weights(List<Part> parts) {
        return parts.stream().flatMap(part -> part.weights.stream()).toList();
    }

    private static Folding named(Network original, List<Part> parts) {
        Network network = new Network(original.name(), original.input(), sequential(parts), original.initializer());
        Iterator<float[]> values = weights(parts).iterator();
        Map<String, float[]> weights = new LinkedHashMap<>();
        network.weights().forEach(spec -> weights.put(spec.name(), values.next()));
        return new Folding(network, weights);
    }
}
