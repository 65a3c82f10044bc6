package io.gander.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A float32 array on the engine. Images are NCHW. Operations return new tensors, owned by the innermost {@link Scope};
 * those that change a tensor in place say so in their first word.
 */
public final class Tensor implements AutoCloseable {
    private static final long[] NO_PADDING = {0, 0};
    private static final long[] NO_DILATION = {1, 1};

    /** What the engine calls it; only this room looks. */
    final org.bytedeco.pytorch.Tensor raw;

    Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    // ---- making tensors

    public static Tensor zeros(long... shape) {
        return new Tensor(Engine.toDevice(torch.zeros(shape)));
    }

    public static Tensor full(double value, long... shape) {
        return zeros(shape).fill(value);
    }

    public static Tensor of(float[] values, long... shape) {
        FloatPointer memory = new FloatPointer(values);
        return new Tensor(Engine.toDevice(torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Float))
                .clone()));
    }

    /**
     * Pictures from bytes: 0…255 becomes low…high.
     *
     * @param pixels N·C·H·W unsigned bytes
     */
    public static Tensor ofPixels(byte[] pixels, double low, double high, long... shape) {
        BytePointer memory = new BytePointer(pixels);
        org.bytedeco.pytorch.Tensor bytes = torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Byte));
        org.bytedeco.pytorch.Tensor floats = bytes.to(torch.ScalarType.Float);
        floats.mul_(new Scalar((high - low) / 255)).add_(new Scalar(low));
        return new Tensor(Engine.toDevice(floats));
    }

    /** The same shape and memory format, all zero. */
    public Tensor zerosLike() {
        return new Tensor(torch.zeros_like(raw));
    }

    /** A copy with memory of its own, outside any recorded graph. */
    public Tensor copy() {
        return new Tensor(raw.detach().clone());
    }

    // ---- owning

    /** Lets this tensor outlive its scope, whichever that is: it lives until {@link #close()}. Returns this. */
    public Tensor keep() {
        raw.retainReference(); // the scope gives up its own reference when it closes; this one is close()'s
        return this;
    }

    @Override
    public void close() {
        raw.close();
    }

    // ---- looking

    public long[] shape() {
        long[] shape = new long[(int) raw.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = raw.size(i);
        }
        return shape;
    }

    /** The number of elements. */
    public long count() {
        return raw.numel();
    }

    /** The only element's value. */
    public double item() {
        return raw.item_double();
    }

    /** Whether no element is NaN or infinite. */
    public boolean isFinite() {
        try (Scope scope = Scope.open()) {
            return raw.isfinite().all().item_bool();
        }
    }

    /** All elements in NCHW order, whatever the memory format. */
    public float[] toArray() {
        org.bytedeco.pytorch.Tensor host = hostCopy(torch.ScalarType.Float);
        float[] values = new float[(int) host.numel()];
        host.data_ptr_float().get(values);
        return values;
    }

    /** All elements in NCHW order as little-endian float32. */
    public void writeTo(ByteBuffer target) {
        org.bytedeco.pytorch.Tensor host = hostCopy(torch.ScalarType.Float);
        FloatPointer memory = host.data_ptr_float();
        target.order(ByteOrder.LITTLE_ENDIAN)
                .put(new BytePointer(memory)
                        .capacity(host.numel() * Float.BYTES)
                        .asByteBuffer());
    }

    /** Pictures as bytes: low…high becomes 0…255, rounded, values beyond are clipped. N·C·H·W unsigned bytes. */
    public byte[] toPixels(double low, double high) {
        org.bytedeco.pytorch.Tensor scaled = raw.detach()
                .sub(new Scalar(low))
                .mul(new Scalar(255 / (high - low)))
                .add(new Scalar(0.5));
        scaled = torch.clamp(scaled, new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(255.0)));
        org.bytedeco.pytorch.Tensor bytes =
                scaled.to(torch.ScalarType.Byte).cpu().contiguous();
        byte[] pixels = new byte[(int) bytes.numel()];
        bytes.data_ptr_byte().get(pixels);
        return pixels;
    }

    private org.bytedeco.pytorch.Tensor hostCopy(torch.ScalarType type) {
        return raw.detach().to(type).cpu().contiguous();
    }

    // ---- memory format

    /** Channels-last (NHWC) memory for a four-dimensional tensor; the same tensor if it is so already. */
    public Tensor channelsLast() {
        org.bytedeco.pytorch.Tensor last = raw.contiguous(torch.MemoryFormat.ChannelsLast);
        if (raw.size(1) > 1 && (raw.size(2) > 1 || raw.size(3) > 1)) {
            return new Tensor(last);
        }
        // One channel or one pixel lies the same in both formats; convolutions go by the strides, so these must say
        // which it is.
        long[] ordered = {raw.size(0), raw.size(2), raw.size(3), raw.size(1)};
        return new Tensor(last.permute(0, 2, 3, 1).reshape(-1).reshape(ordered).permute(0, 3, 1, 2));
    }

    /** NCHW memory; the same tensor if it is so already. */
    public Tensor channelsFirst() {
        return new Tensor(raw.contiguous());
    }

    boolean isChannelsLast() {
        return raw.dim() == 4 && raw.is_contiguous(torch.MemoryFormat.ChannelsLast);
    }

    // ---- arithmetic

    public Tensor add(Tensor other) {
        return new Tensor(raw.add(other.raw));
    }

    public Tensor add(double value) {
        return new Tensor(raw.add(new Scalar(value)));
    }

    public Tensor sub(Tensor other) {
        return new Tensor(raw.sub(other.raw));
    }

    public Tensor mul(Tensor other) {
        return new Tensor(raw.mul(other.raw));
    }

    public Tensor mul(double value) {
        return new Tensor(raw.mul(new Scalar(value)));
    }

    /** Element by element; shapes broadcast. */
    public Tensor div(Tensor other) {
        return new Tensor(raw.div(other.raw));
    }

    public Tensor abs() {
        return new Tensor(raw.abs());
    }

    public Tensor sqrt() {
        return new Tensor(raw.sqrt());
    }

    public Tensor neg() {
        return new Tensor(raw.neg());
    }

    public Tensor square() {
        return new Tensor(raw.square());
    }

    public Tensor mean() {
        return new Tensor(raw.mean());
    }

    public Tensor sum() {
        return new Tensor(raw.sum());
    }

    /** The mean over some dimensions, which stay with length 1. */
    public Tensor mean(long... dimensions) {
        return new Tensor(raw.mean(dimensions, true, new ScalarTypeOptional()));
    }

    /** The sum over some dimensions, which stay with length 1. */
    public Tensor sum(long... dimensions) {
        return new Tensor(raw.sum(dimensions, true, new ScalarTypeOptional()));
    }

    /**
     * A·x·Bᵀ over the last two dimensions: a linear resampling of pictures, apart for height and width.
     *
     * @param rows A: [height out, height in]
     * @param columns B: [width out, width in]
     */
    public Tensor resample(Tensor rows, Tensor columns) {
        return new Tensor(rows.raw.matmul(raw).matmul(columns.raw.transpose(-2, -1)));
    }

    /** Each element brought to the nearest value from {@code least} to {@code most}. */
    public Tensor clamp(double least, double most) {
        return new Tensor(raw.clamp(new ScalarOptional(new Scalar(least)), new ScalarOptional(new Scalar(most))));
    }

    /** {@code yes} where the condition is not 0, {@code no} elsewhere; shapes broadcast. */
    public static Tensor where(Tensor condition, Tensor yes, Tensor no) {
        return new Tensor(torch.where(condition.raw.ne(new Scalar(0.0)), yes.raw, no.raw));
    }

    /** The Euclidean norm of all elements. */
    public Tensor norm() {
        return new Tensor(raw.norm());
    }

    // ---- activations

    public Tensor relu() {
        return new Tensor(torch.relu(raw));
    }

    public Tensor leakyRelu(double slope) {
        return new Tensor(torch.leaky_relu(raw, new Scalar(slope)));
    }

    /** {@link #relu} written over this tensor's own values, which spares the memory a second one; gradients flow as behind the other. */
    public Tensor reluInPlace() {
        torch.relu_(raw);
        return this;
    }

    /** {@link #leakyRelu} written over this tensor's own values. */
    public Tensor leakyReluInPlace(double slope) {
        torch.leaky_relu_(raw, new Scalar(slope));
        return this;
    }

    /**
     * x for x ≥ 0, else the channel's slope times x (He et al., 2015).
     *
     * @param slopes one for each channel, the second dimension
     */
    public Tensor prelu(Tensor slopes) {
        return new Tensor(torch.prelu(raw, slopes.raw));
    }

    public Tensor sigmoid() {
        return new Tensor(raw.sigmoid());
    }

    public Tensor tanh() {
        return new Tensor(raw.tanh());
    }

    /** log(1 + eˣ), stable for every x: −log σ(x) is softplus(−x). */
    public Tensor softplus() {
        return new Tensor(torch.softplus(raw));
    }

    /**
     * The mean over rows of −log softmax of the right class.
     *
     * @param classes [n, k], one-hot
     */
    public Tensor crossEntropy(Tensor classes) {
        org.bytedeco.pytorch.Tensor logarithms = torch.log_softmax(raw, 1);
        return new Tensor(logarithms.mul(classes.raw).sum().mul(new Scalar(-1.0 / raw.size(0))));
    }

    // ---- shapes

    public Tensor reshape(long... shape) {
        return new Tensor(raw.reshape(shape));
    }

    /** The order along a dimension turned round. */
    public Tensor flip(long dimension) {
        return new Tensor(raw.flip(dimension));
    }

    /** One behind the other along a dimension. */
    public static Tensor concat(long dimension, Tensor... parts) {
        return new Tensor(torch.cat(vector(List.of(parts)), dimension));
    }

    /** {@code length} elements along {@code dimension} from {@code start}; shares memory. */
    public Tensor narrow(int dimension, long start, long length) {
        return new Tensor(raw.narrow(dimension, start, length));
    }

    // ---- layers' arithmetic

    /**
     * x·Wᵀ + b.
     *
     * @param weight [out, in]
     * @param bias [out]
     */
    public Tensor linear(Tensor weight, @Nullable Tensor bias) {
        return new Tensor(bias == null ? torch.linear(raw, weight.raw) : torch.linear(raw, weight.raw, optional(bias)));
    }

    /** Cross-correlation: as below, of all channels together. */
    public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding) {
        return conv2d(weight, bias, stride, padding, 1);
    }

    /**
     * Cross-correlation.
     *
     * @param weight [out, in / groups, k, k]
     * @param bias [out]
     * @param groups so many parts of the channels are convolved each by itself
     */
    public Tensor conv2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int groups) {
        if (groups == 1 && padding == 0 && raw.size(2) == weight.raw.size(2) && raw.size(3) == weight.raw.size(3)) {
            // A kernel as large as the picture is one matrix product, which is several times faster written as such.
            boolean last = isChannelsLast() && weight.isChannelsLast();
            org.bytedeco.pytorch.Tensor product = torch.linear(rows(raw, last), rows(weight.raw, last), optional(bias));
            return new Tensor(product.reshape(raw.size(0), weight.raw.size(0), 1, 1));
        }
        return new Tensor(torch.conv2d(
                raw,
                weight.raw,
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                NO_DILATION,
                groups));
    }

    /** Everything behind the first dimension as one, in the order in which it lies in memory. */
    private static org.bytedeco.pytorch.Tensor rows(org.bytedeco.pytorch.Tensor tensor, boolean channelsLast) {
        org.bytedeco.pytorch.Tensor ordered = channelsLast ? tensor.permute(0, 2, 3, 1) : tensor;
        return ordered.reshape(tensor.size(0), -1);
    }

    /**
     * The gradient of {@link #conv2d} as a layer.
     *
     * @param weight [in, out, k, k]
     * @param bias [out]
     */
    public Tensor convTranspose2d(Tensor weight, @Nullable Tensor bias, int stride, int padding, int outputPadding) {
        if (padding == 0 && outputPadding == 0 && raw.size(2) == 1 && raw.size(3) == 1) {
            Tensor pictures = fromOnePixel(weight);
            return bias == null ? pictures : pictures.add(bias.reshape(1, bias.count(), 1, 1));
        }
        return new Tensor(torch.conv_transpose2d(
                raw,
                weight.raw,
                optional(bias),
                new long[] {stride, stride},
                new long[] {padding, padding},
                outputPadding == 0 ? NO_PADDING : new long[] {outputPadding, outputPadding},
                1,
                NO_DILATION));
    }

    /** A transposed convolution of a 1×1 picture is one matrix product, which is several times faster written as such. */
    private Tensor fromOnePixel(Tensor weight) {
        long n = raw.size(0);
        long in = raw.size(1);
        long out = weight.raw.size(1);
        long k = weight.raw.size(2);
        boolean last = weight.isChannelsLast();
        org.bytedeco.pytorch.Tensor product = raw.reshape(n, in).matmul(rows(weight.raw, last));
        return new Tensor(last ? product.reshape(n, k, k, out).permute(0, 3, 1, 2) : product.reshape(n, out, k, k));
    }

    /**
     * Batch normalisation over all axes but the second (Ioffe and Szegedy, 2015). In training the batch's statistics
     * normalise, and the running ones move by {@code momentum} towards them (variance unbiased), in place.
     */
    public Tensor batchNorm(
            Tensor scale,
            Tensor shift,
            Tensor runningMean,
            Tensor runningVariance,
            boolean training,
            double momentum,
            double epsilon) {
        return new Tensor(torch.batch_norm(
                raw,
                optional(scale),
                optional(shift),
                optional(runningMean),
                optional(runningVariance),
                training,
                momentum,
                epsilon,
                false));
    }

    /**
     * Group normalisation (Wu and He, 2018): each of so many parts of a picture's channels gets mean 0 and variance 1.
     *
     * @param scale [channels]
     * @param shift [channels]
     */
    public Tensor groupNorm(int groups, Tensor scale, Tensor shift, double epsilon) {
        return new Tensor(torch.group_norm(raw, groups, optional(scale), optional(shift), epsilon, false));
    }

    /**
     * Instance normalisation without scale and shift (Ulyanov et al., 2016): each channel of each picture gets mean 0 and
     * variance 1.
     *
     * @param epsilon added to the variance (biased)
     */
    public Tensor instanceNorm(double epsilon) {
        return new Tensor(torch.instance_norm(
                raw, optional(null), optional(null), optional(null), optional(null), true, 0, epsilon, false));
    }

    /** N·C·r²·H·W → N·C·(H·r)·(W·r): r² channels become r×r pixels (Shi et al., 2016). */
    public Tensor pixelShuffle(int factor) {
        return new Tensor(torch.pixel_shuffle(raw, factor));
    }

    /** Each pixel repeated factor×factor times. */
    public Tensor upsampleNearest(int factor) {
        return new Tensor(torch.upsample_nearest2d(raw, raw.size(2) * factor, raw.size(3) * factor));
    }

    /** Pictures enlarged by Keys's cubic kernel with a = −.75; their borders are repeated. */
    public Tensor upsampleBicubic(int factor) {
        long[] size = {raw.size(2) * factor, raw.size(3) * factor};
        return new Tensor(torch.upsample_bicubic2d(raw, size, false));
    }

    /** Pictures continued on every side by their own mirror image; the pixel at the border is not repeated. */
    public Tensor reflectionPad(int n) {
        return new Tensor(torch.reflection_pad2d(raw, n, n, n, n));
    }

    /** Pictures continued by {@code n} rows below and {@code n} columns at the right of zeros. */
    public Tensor padEnd(int n) {
        return new Tensor(torch.constant_pad_nd(raw, 0, n, 0, n));
    }

    /** The mean of each kernel×kernel pixels, of which those in the padding count as 0; what does not fill a kernel is left over. */
    public Tensor averagePool2d(int kernel, int stride, int padding) {
        return new Tensor(torch.avg_pool2d(
                raw,
                new long[] {kernel, kernel},
                new long[] {stride, stride},
                new long[] {padding, padding},
                false,
                true,
                new LongOptional()));
    }

    /** The largest of each kernel×kernel pixels; what does not fill a kernel is left over. */
    public Tensor maxPool2d(int kernel, int stride) {
        return new Tensor(torch.max_pool2d(
                raw, new long[] {kernel, kernel}, new long[] {stride, stride}, NO_PADDING, NO_DILATION, false));
    }

    private static TensorOptional optional(@Nullable Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor.raw);
    }

    // ---- differentiation

    /** The same values, cut off from the graph that made them. */
    public Tensor detach() {
        return new Tensor(raw.detach());
    }

    /** Whether gradients flow to this tensor, or through it. */
    public boolean requiresGrad() {
        return raw.requires_grad();
    }

    /** Sets whether gradients flow to this tensor. Returns this. */
    public Tensor requiresGrad(boolean requires) {
        raw.set_requires_grad(requires);
        return this;
    }

    /**
     * ∂loss/∂x for each x.
     *
     * @param loss a single number
     * @param createGraph whether the gradients can be differentiated again
     */
    public static List<Tensor> gradients(Tensor loss, List<Tensor> of, boolean createGraph) {
        return gradients(new TensorVector(loss.raw), new TensorVector(), of, createGraph, createGraph);
    }

    /**
     * What flows back to each x if {@code gradient} arrives at y: one pass backward. It keeps y's graph.
     *
     * @param gradient of y's shape
     */
    public static List<Tensor> flowingBack(Tensor y, Tensor gradient, List<Tensor> to) {
        return gradients(new TensorVector(y.raw), new TensorVector(gradient.raw), to, true, false);
    }

    private static List<Tensor> gradients(
            TensorVector of, TensorVector arriving, List<Tensor> to, boolean keepGraph, boolean createGraph) {
        TensorVector gradients = torch.grad(of, vector(to), arriving, new BoolOptional(keepGraph), createGraph, false);
        return LongStream.range(0, to.size())
                .mapToObj(i -> new Tensor(gradients.get(i)))
                .toList();
    }

    /** Each tensor less {@code rate} times its gradient: a plain gradient step that can itself be differentiated. */
    public static List<Tensor> moved(List<Tensor> tensors, List<Tensor> gradients, double rate) {
        return IntStream.range(0, tensors.size())
                .mapToObj(i -> tensors.get(i).sub(gradients.get(i).mul(rate)))
                .toList();
    }

    static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.stream().map(t -> t.raw).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }

    // ---- changes in place; none may be recorded, so they run under NoGrad where the tensor requires a gradient

    /** Overwrites every element. Returns this. */
    public Tensor fill(double value) {
        raw.fill_(new Scalar(value));
        return this;
    }

    /** Overwrites every element with the source's; the memory format stays. Returns this. */
    public Tensor set(Tensor source) {
        raw.copy_(source.raw);
        return this;
    }

    /** Scales in place. Returns this. */
    public Tensor scale(double factor) {
        raw.mul_(new Scalar(factor));
        return this;
    }

    /** Moves in place by {@code amount} of the way towards the target. Returns this. */
    public Tensor lerp(Tensor target, double amount) {
        raw.lerp_(target.raw, new Scalar(amount));
        return this;
    }
}
