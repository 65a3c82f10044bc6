package io.gander.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * An array on the engine, float32 but where a network computes in {@linkplain Bfloat16 bfloat16}. Images are NCHW. Operations
 * return new tensors, owned by the innermost {@link Scope}; those that change a tensor in place say so in their first word.
 */
public final class Tensor implements AutoCloseable {
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

    // ---- precision

    /** Rounded to bfloat16; the same tensor if it is. What flows back is rounded too. */
    public Tensor bfloat16() {
        return isBfloat16() ? this : new Tensor(raw.to(torch.ScalarType.BFloat16));
    }

    /** As float32; the same tensor if it is. */
    public Tensor float32() {
        return isBfloat16() ? new Tensor(raw.to(torch.ScalarType.Float)) : this;
    }

    /** In the type of another; the same tensor if it is. */
    public Tensor like(Tensor other) {
        return other.isBfloat16() ? bfloat16() : float32();
    }

    boolean isBfloat16() {
        return raw.element_size()
                == Short.BYTES; // no other type of two bytes is made here, and asking for its name is slow
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

    /** Channels-last memory (NHWC, NDHWC) for a tensor of four or five dimensions; the same tensor if it is so already. */
    public Tensor channelsLast() {
        org.bytedeco.pytorch.Tensor last = raw.contiguous(lastFormat());
        if (raw.size(1) > 1 && raw.numel() > raw.size(0) * raw.size(1)) {
            return new Tensor(last);
        }
        // One channel or one point lies the same in both formats; convolutions go by the strides, so these must say
        // which it is.
        org.bytedeco.pytorch.Tensor ordered = last.movedim(1, -1);
        return new Tensor(ordered.reshape(-1).reshape(ordered.sizes()).movedim(-1, 1));
    }

    /** NCHW memory, NCDHW and so on; the same tensor if it is so already. */
    public Tensor channelsFirst() {
        return new Tensor(raw.contiguous());
    }

    boolean isChannelsLast() {
        return (raw.dim() == 4 || raw.dim() == 5) && raw.is_contiguous(lastFormat());
    }

    private torch.MemoryFormat lastFormat() {
        return raw.dim() == 5 ? torch.MemoryFormat.ChannelsLast3d : torch.MemoryFormat.ChannelsLast;
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

    /**
     * x·Wᵀ + b.
     *
     * @param weight [out, in]
     * @param bias [out]
     */
    public Tensor linear(Tensor weight, @Nullable Tensor bias) {
        return Bfloat16.product(this, weight, bias, torch::linear);
    }

    static TensorOptional optional(@Nullable Tensor tensor) {
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
        return Gradients.of(new TensorVector(loss.raw), new TensorVector(), of, createGraph, createGraph);
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
