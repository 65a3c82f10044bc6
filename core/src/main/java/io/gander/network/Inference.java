package io.gander.network;

import io.gander.layer.Activation;
import io.gander.layer.Composite;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Layer;
import io.gander.layer.Pass;
import io.gander.layer.Sequential;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.recipe.Precision;
import io.gander.tensor.Functional;
import io.gander.tensor.NoGrad;
import io.gander.tensor.PackedConvolution;
import io.gander.tensor.PackedConvolution.Then;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network with weights that will not be trained any more, made fast: batch norms {@linkplain Folding folded}, kernels laid
 * out once as the processor wants them, activations in the same pass as the convolution before them. It gives what the
 * network gives in inference, up to rounding. Owns native memory until closed.
 */
public final class Inference implements AutoCloseable {
    /** A transposed convolution with at most so many filters is slow as such: see {@link #byShuffling}. */
    private static final int FEW_FILTERS = 4;

    /** A layer that has its weights with it. */
    private record Packed(Layer layer, PackedConvolution convolution) implements Layer {
        @Override
        public Shape output(Shape input) {
            return layer.output(input);
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return convolution.apply(x);
        }
    }

    /** The same by {@link #byShuffling}. */
    private record Shuffled(Layer layer, PackedConvolution convolution) implements Layer {
        @Override
        public Shape output(Shape input) {
            return layer.output(input);
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            Tensor framed = Functional.pixelShuffle(convolution.apply(x), 2);
            long[] shape = framed.shape();
            return framed.narrow(2, 1, shape[2] - 2).narrow(3, 1, shape[3] - 2);
        }
    }

    private final Shape input;
    private final Layer layer;
    private final boolean channelsLast;
    private final Precision precision;
    private final List<PackedConvolution> packed = new ArrayList<>();
    /** Of the layers that stay as they are. */
    private final List<Tensor> weights = new ArrayList<>();

    private Inference(Folding folding, Precision precision) {
        Network network = folding.network();
        this.input = network.input();
        this.precision = precision;
        this.channelsLast = MemoryFormat.channelsLast(network);
        try (Scope scope = Scope.open()) {
            Iterator<float[]> values = network.arrange(folding.weights()).iterator();
            this.layer = prepare(network.layer(), input, values);
        }
    }

    /**
     * Prepares a network.
     *
     * @param weights by name, in NCHW order
     * @param precision of the products; not auto
     * @throws io.gander.error.UserError if a weight is missing or has another size
     */
    public static Inference of(Network network, Map<String, float[]> weights, Precision precision) {
        return new Inference(Folding.of(network, weights), precision);
    }

    /** The batch's way through the network, without a graph. */
    public Tensor apply(Tensor batch) {
        try (NoGrad off = NoGrad.open()) {
            return layer.apply(MemoryFormat.place(batch, input, channelsLast), new Pass(weights, false))
                    .float32();
        }
    }

    private Layer prepare(Layer part, Shape shape, Iterator<float[]> values) {
        if (part instanceof Sequential sequential) {
            return sequence(sequential.layers(), shape, values);
        }
        if (part instanceof Composite composite) {
            return composite.with(sequence(composite.body().layers(), shape, values));
        }
        for (WeightSpec spec : part.weights(shape)) {
            Tensor weight = Tensor.of(values.next(), spec.engineSizes());
            boolean low = precision == Precision.BFLOAT16 && spec.role() == WeightSpec.Role.KERNEL;
            weights.add(MemoryFormat.place(low ? weight.bfloat16() : weight, spec, channelsLast)
                    .keep());
        }
        return part;
    }

    private Sequential sequence(List<Layer> layers, Shape input, Iterator<float[]> values) {
        List<Layer> prepared = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            Layer part = layers.get(i);
            Shape next = part.output(shape);
            Then then = i + 1 < layers.size() ? then(layers.get(i + 1)) : Then.NONE;
            Layer step = convolution(part, shape, next, then, values);
            if (step == null) {
                prepared.add(prepare(part, shape, values));
            } else {
                prepared.add(step);
                i += then == Then.NONE ? 0 : 1;
            }
            shape = next;
        }
        return new Sequential(prepared);
    }

    private static Then then(Layer layer) {
        if (layer instanceof Activation activation) {
            return switch (activation) {
                case RELU -> Then.RELU;
                case SIGMOID -> Then.SIGMOID;
                case TANH -> Then.TANH;
                case LEAKY_RELU, LINEAR -> Then.NONE;
            };
        }
        return Then.NONE;
    }

    /**
     * Null if the layer is no convolution over two axes in float32, or one that is a matrix product. In bfloat16 the plain ones serve.
     */
    private @Nullable Layer convolution(Layer part, Shape from, Shape to, Then then, Iterator<float[]> values) {
        boolean pixel = Math.min(from.least(), to.least()) <= 1;
        if (precision != Precision.FLOAT32 || pixel || from.axes().size() != 2 || !PackedConvolution.isAvailable()) {
            return null;
        }
        long[] usual = from.batch(1);
        if (part instanceof Conv conv) {
            long[] sizes = conv.weights(from).get(0).engineSizes();
            Tensor kernel = Tensor.of(values.next(), sizes);
            Tensor bias = conv.bias() ? Tensor.of(values.next(), conv.filters()) : null;
            return new Packed(
                    conv,
                    remember(PackedConvolution.of(
                            kernel, bias, conv.stride(), conv.padding(), conv.groups(), then, usual)));
        }
        if (part instanceof ConvTranspose conv) {
            float[] kernel = values.next();
            float[] bias = conv.bias() ? values.next() : new float[conv.filters()];
            if (conv.filters() <= FEW_FILTERS && doubles(conv)) {
                return byShuffling(conv, kernel, bias, from.channels(), then, usual);
            }
            long[] sizes = conv.weights(from).get(0).engineSizes();
            return new Packed(
                    conv,
                    remember(PackedConvolution.transposed(
                            Tensor.of(kernel, sizes),
                            Tensor.of(bias, bias.length),
                            conv.stride(),
                            conv.padding(),
                            conv.outputPadding(),
                            then,
                            usual)));
        }
        return null;
    }

    private static boolean doubles(ConvTranspose conv) {
        return conv.kernel() == 4 && conv.stride() == 2 && conv.padding() == 1 && conv.outputPadding() == 0;
    }

    /**
     * A transposed 4×4 kernel with stride 2 makes each pixel of 2×2 pixels of the input, by weights that depend on whether its row
     * and its column are even. So it is a 2×2 convolution with four times the filters whose channels are shuffled into pixels (Shi
     * et al., 2016, "Is the deconvolution layer the same as a convolutional layer?") and whose frame is cut off.
     */
    private Layer byShuffling(Layer layer, float[] kernel, float[] bias, int inputs, Then then, long... usual) {
        int filters = bias.length;
        float[] shuffled = new float[kernel.length];
        float[] repeated = new float[4 * filters];
        int place = 0;
        for (int filter = 0; filter < repeated.length; filter++) {
            int o = filter / 4;
            repeated[filter] = bias[o];
            for (int in = 0; in < inputs; in++) {
                for (int tap = 0; tap < 4; tap++) {
                    int row = 2 - 2 * (tap / 2) + filter / 2 % 2; // of the pixel that lies there, after the cut
                    int column = 2 - 2 * (tap % 2) + filter % 2;
                    shuffled[place++] = kernel[((in * filters + o) * 4 + row) * 4 + column];
                }
            }
        }
        Tensor weights = Tensor.of(shuffled, repeated.length, inputs, 2, 2);
        return new Shuffled(
                layer,
                remember(PackedConvolution.of(weights, Tensor.of(repeated, repeated.length), 1, 1, 1, then, usual)));
    }

    private PackedConvolution remember(PackedConvolution convolution) {
        packed.add(convolution);
        return convolution;
    }

    @Override
    public void close() {
        weights.forEach(Tensor::close);
        packed.forEach(PackedConvolution::close);
    }
}
