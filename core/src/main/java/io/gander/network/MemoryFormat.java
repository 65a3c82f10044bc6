package io.gander.network;

import io.gander.layer.Composite;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.InstanceNorm;
import io.gander.layer.Layer;
import io.gander.layer.Sequential;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.tensor.Tensor;

/**
 * Whether a network's weights and examples lie in channels-last (NHWC) memory. It changes numbers by no more than rounding,
 * and the time; by the CPU time of training steps, where most of the time goes:
 *
 * <ul>
 *   <li>most convolutions were faster channels-last, by up to a quarter;
 *   <li>with instance norm, NCHW was faster by 10 to 30 %: the engine's works in NCHW and copies to and fro;
 *   <li>with convolutions on maps of one or two pixels, as at the bottom of a U-Net, NCHW was faster by 3 to 50 %, the more
 *       the smaller the batch. Those that are one matrix product do not count.
 * </ul>
 *
 * <p>Solids go the same way (NDHWC): DCGAN's steps on 32×32×32 took 0 to 18 % less, the more the wider. With one axis there is
 * no such format.
 */
public final class MemoryFormat {
    private static final int LEAST_MAP = 4;

    private MemoryFormat() {}

    /** Whether the network's tensors lie channels-last. */
    public static boolean channelsLast(Network network) {
        boolean convolves = network.weights().stream().anyMatch(MemoryFormat::hasFormats);
        return convolves && suits(network.layer(), network.input());
    }

    /** A weight as the network's format wants it. */
    static Tensor place(Tensor weight, WeightSpec spec, boolean channelsLast) {
        return channelsLast && hasFormats(spec) ? weight.channelsLast() : weight;
    }

    private static boolean hasFormats(WeightSpec spec) {
        return spec.sizes().size() >= 4;
    }

    /** The engine convolves channels-last if either side is: another network's examples shall not decide how this one runs. */
    static Tensor place(Tensor batch, Shape input, boolean channelsLast) {
        if (input.axes().isEmpty()) {
            return batch;
        }
        return channelsLast ? batch.channelsLast() : batch.channelsFirst();
    }

    private static boolean suits(Layer layer, Shape input) {
        if (layer instanceof Sequential sequential) {
            Shape shape = input;
            for (Layer inner : sequential.layers()) {
                if (!suits(inner, shape)) {
                    return false;
                }
                shape = inner.output(shape);
            }
            return true;
        }
        if (layer instanceof Composite composite) {
            return suits(composite.body(), input);
        }
        if (layer instanceof Conv conv) {
            return suits(conv.padding(), input, conv.output(input));
        }
        if (layer instanceof ConvTranspose conv) {
            return suits(conv.padding(), input, conv.output(input));
        }
        return !(layer instanceof InstanceNorm);
    }

    private static boolean suits(int padding, Shape input, Shape output) {
        boolean room = Math.min(input.least(), output.least()) >= LEAST_MAP;
        return input.axes().size() >= 2 && (padding == 0 || room);
    }
}
