package io.gander.tensor;

import java.util.Arrays;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of layers, for examples with one, two or three axes behind the channels: [n, channels, length], [n,
 * channels, height, width] or [n, channels, depth, height, width]. Kernels, strides and paddings are equal along all axes.
 * What is said to be for pictures takes two axes only.
 */
public final class Functional {
    private static final String AXES = "one, two or three axes are needed behind the channels, not ";

    private Functional() {}

    /**
     * Cross-correlation.
     *
     * @param weight [out, in / groups, k, …]
     * @param bias [out]
     * @param groups so many parts of the channels are convolved each by itself
     */
    public static Tensor conv(Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
        int axes = axes(x);
        if (groups == 1 && padding == 0 && covers(weight, x)) {
            // A kernel as large as the example is one matrix product, which is several times faster written as such.
            boolean last = x.isChannelsLast() && weight.isChannelsLast();
            Tensor product = rows(x, last).linear(rows(weight, last), bias);
            return product.reshape(sizes(x.raw.size(0), weight.raw.size(0), axes, 1));
        }
        long[] strides = each(axes, stride);
        long[] paddings = each(axes, padding);
        long[] dense = each(axes, 1);
        return Bfloat16.product(x, weight, bias, (in, kernel, shift) -> switch (axes) {
            case 1 -> torch.conv1d(in, kernel, shift, strides, paddings, dense, groups);
            case 2 -> torch.conv2d(in, kernel, shift, strides, paddings, dense, groups);
            default -> torch.conv3d(in, kernel, shift, strides, paddings, dense, groups);
        });
    }

    /**
     * The gradient of {@link #conv} as a layer.
     *
     * @param weight [in, out, k, …]
     * @param bias [out]
     * @param outputPadding given back at the end of each axis; less than the stride
     */
    public static Tensor convTranspose(
            Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
        int axes = axes(x);
        if (padding == 0 && outputPadding == 0 && x.raw.numel() == x.raw.size(0) * x.raw.size(1)) {
            Tensor made = fromOnePoint(x, weight, axes);
            return bias == null ? made : made.add(perChannel(bias, made));
        }
        long[] strides = each(axes, stride);
        long[] paddings = each(axes, padding);
        long[] ends = each(axes, outputPadding);
        long[] dense = each(axes, 1);
        return Bfloat16.product(x, weight, bias, (in, kernel, shift) -> switch (axes) {
            case 1 -> torch.conv_transpose1d(in, kernel, shift, strides, paddings, ends, 1, dense);
            case 2 -> torch.conv_transpose2d(in, kernel, shift, strides, paddings, ends, 1, dense);
            default -> torch.conv_transpose3d(in, kernel, shift, strides, paddings, ends, 1, dense);
        });
    }

    /**
     * One value for each channel, so that it meets x's points, in x's type.
     *
     * @param values [channels]
     * @param x [n, channels, …], also without axes behind
     * @return [1, channels, 1, …]
     */
    public static Tensor perChannel(Tensor values, Tensor x) {
        return values.like(x).reshape(sizes(1, values.count(), (int) x.raw.dim() - 2, 1));
    }

    /** A transposed convolution of a single point is one matrix product, which is several times faster written as such. */
    private static Tensor fromOnePoint(Tensor x, Tensor weight, int axes) {
        long n = x.raw.size(0);
        long out = weight.raw.size(1);
        boolean last = weight.isChannelsLast();
        Tensor product = Bfloat16.product(
                x.reshape(n, x.raw.size(1)), rows(weight, last), null, (in, kernel, none) -> in.matmul(kernel));
        long k = weight.raw.size(2);
        if (!last) {
            return product.reshape(sizes(n, out, axes, k));
        }
        long[] ordered = each(axes + 2, k);
        ordered[0] = n;
        ordered[axes + 1] = out;
        return new Tensor(product.raw.reshape(ordered).movedim(-1, 1));
    }

    /** Whether a kernel is as large as the examples. */
    private static boolean covers(Tensor weight, Tensor x) {
        for (int i = 2; i < x.raw.dim(); i++) {
            if (x.raw.size(i) != weight.raw.size(i)) {
                return false;
            }
        }
        return true;
    }

    /** Everything behind the first dimension as one, in the order in which it lies in memory. */
    private static Tensor rows(Tensor tensor, boolean channelsLast) {
        org.bytedeco.pytorch.Tensor ordered = channelsLast ? tensor.raw.movedim(1, -1) : tensor.raw;
        return new Tensor(ordered.reshape(tensor.raw.size(0), -1));
    }

    /**
     * Batch normalisation over all axes but the channels (Ioffe and Szegedy, 2015). In training the batch's statistics
     * normalise, and the running ones move by {@code momentum} towards them (variance unbiased), in place.
     *
     * @param x [n, channels, …], also without axes behind
     */
    public static Tensor batchNorm(
            Tensor x,
            Tensor scale,
            Tensor shift,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        return new Tensor(torch.batch_norm(
                x.raw,
                Tensor.optional(scale),
                Tensor.optional(shift),
                Tensor.optional(runningMean),
                Tensor.optional(runningVariance),
                training,
                momentum,
                epsilon,
                false));
    }

    /**
     * Group normalisation (Wu and He, 2018): each of so many parts of an example's channels gets mean 0 and variance 1.
     *
     * @param scale [channels]
     * @param shift [channels]
     */
    public static Tensor groupNorm(Tensor x, int groups, Tensor scale, Tensor shift, double epsilon) {
        return new Tensor(
                torch.group_norm(x.raw, groups, Tensor.optional(scale), Tensor.optional(shift), epsilon, false));
    }

    /**
     * Instance normalisation without scale and shift (Ulyanov et al., 2016): each channel of each example gets mean 0 and
     * variance 1.
     *
     * @param epsilon added to the variance (biased)
     */
    public static Tensor instanceNorm(Tensor x, double epsilon) {
        // With a scale of float32 the engine keeps the statistics of bfloat16 in float32.
        TensorOptional scale = wide(x, 1);
        TensorOptional shift = wide(x, 0);
        TensorOptional none = Tensor.optional(null);
        return new Tensor(torch.instance_norm(x.raw, scale, shift, none, none, true, 0, epsilon, false));
    }

    /** A value for each channel in float32; none if x is float32 itself. */
    private static TensorOptional wide(Tensor x, double value) {
        return x.isBfloat16() ? new TensorOptional(Tensor.full(value, x.raw.size(1)).raw) : new TensorOptional();
    }

    /** {@link Tensor#relu} written over x's own values, which spares the memory a second one; gradients flow as behind the other. */
    public static Tensor reluInPlace(Tensor x) {
        torch.relu_(x.raw);
        return x;
    }

    /** {@link Tensor#leakyRelu} written over x's own values. */
    public static Tensor leakyReluInPlace(Tensor x, double slope) {
        torch.leaky_relu_(x.raw, new Scalar(slope));
        return x;
    }

    /**
     * x for x ≥ 0, else the channel's slope times x (He et al., 2015).
     *
     * @param slopes one for each channel
     */
    public static Tensor prelu(Tensor x, Tensor slopes) {
        return new Tensor(torch.prelu(x.raw, slopes.like(x).raw));
    }

    /** Of pictures, N·C·r²·H·W → N·C·(H·r)·(W·r): r² channels become r×r pixels (Shi et al., 2016). */
    public static Tensor pixelShuffle(Tensor x, int factor) {
        return new Tensor(torch.pixel_shuffle(x.raw, factor));
    }

    /** Each point repeated so many times along every axis. */
    public static Tensor upsampleNearest(Tensor x, int factor) {
        int axes = axes(x);
        long[] size = each(axes, factor);
        for (int i = 0; i < axes; i++) {
            size[i] *= x.raw.size(2 + i);
        }
        return new Tensor(
                switch (axes) {
                    case 1 -> torch.upsample_nearest1d(x.raw, size);
                    case 2 -> torch.upsample_nearest2d(x.raw, size);
                    default -> torch.upsample_nearest3d(x.raw, size);
                });
    }

    /** Pictures enlarged by Keys's cubic kernel with a = −.75; their borders are repeated. */
    public static Tensor upsampleBicubic(Tensor x, int factor) {
        long[] size = {x.raw.size(2) * factor, x.raw.size(3) * factor};
        return new Tensor(torch.upsample_bicubic2d(x.raw, size, false));
    }

    /** Every axis continued at both ends by its own mirror image; the point at the border is not repeated. */
    public static Tensor reflectionPad(Tensor x, int n) {
        int axes = axes(x);
        long[] pads = each(2 * axes, n);
        return new Tensor(
                switch (axes) {
                    case 1 -> torch.reflection_pad1d(x.raw, pads);
                    case 2 -> torch.reflection_pad2d(x.raw, pads);
                    default -> torch.reflection_pad3d(x.raw, pads);
                });
    }

    /** Every axis continued by {@code n} zeros at its end. */
    public static Tensor padEnd(Tensor x, int n) {
        long[] pads = new long[2 * axes(x)];
        for (int i = 1; i < pads.length; i += 2) {
            pads[i] = n;
        }
        return new Tensor(torch.constant_pad_nd(x.raw, pads));
    }

    /** The mean of the points under a kernel, of which those in the padding count as 0; what does not fill a kernel is left over. */
    public static Tensor averagePool(Tensor x, int kernel, int stride, int padding) {
        int axes = axes(x);
        long[] kernels = each(axes, kernel);
        long[] strides = each(axes, stride);
        long[] paddings = each(axes, padding);
        return new Tensor(
                switch (axes) {
                    case 1 -> torch.avg_pool1d(x.raw, kernels, strides, paddings, false, true);
                    case 2 -> torch.avg_pool2d(x.raw, kernels, strides, paddings, false, true, new LongOptional());
                    default -> torch.avg_pool3d(x.raw, kernels, strides, paddings, false, true, new LongOptional());
                });
    }

    /** Of pictures, the largest of each kernel×kernel pixels; what does not fill a kernel is left over. */
    public static Tensor maxPool(Tensor x, int kernel, int stride) {
        return new Tensor(torch.max_pool2d(x.raw, each(2, kernel), each(2, stride), each(2, 0), each(2, 1), false));
    }

    /**
     * The mean over rows of −log softmax of the right class.
     *
     * @param logits [n, k]
     * @param classes [n, k], one-hot
     */
    public static Tensor crossEntropy(Tensor logits, Tensor classes) {
        org.bytedeco.pytorch.Tensor logarithms = torch.log_softmax(logits.raw, 1);
        return new Tensor(logarithms.mul(classes.raw).sum().mul(new Scalar(-1.0 / logits.raw.size(0))));
    }

    /** How many axes are behind the channels. */
    private static int axes(Tensor x) {
        int axes = (int) x.raw.dim() - 2;
        if (axes < 1 || axes > 3) {
            throw new IllegalArgumentException(AXES + axes);
        }
        return axes;
    }

    private static long[] each(int axes, long value) {
        long[] all = new long[axes];
        Arrays.fill(all, value);
        return all;
    }

    /** Two sizes, then one for each axis. */
    private static long[] sizes(long first, long second, int axes, long side) {
        long[] all = each(axes + 2, side);
        all[0] = first;
        all[1] = second;
        return all;
    }
}
