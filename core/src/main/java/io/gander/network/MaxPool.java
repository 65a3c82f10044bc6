package io.gander.network;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * The largest of each kernel×kernel pixels; what does not fill a kernel is left over.
 *
 * @param kernel side of the squares
 * @param stride from one square to the next
 */
public record MaxPool(int kernel, int stride) implements Layer {
    @Override
    public Shape output(Shape input) {
        if (!input.isImage() || input.height() < kernel || input.width() < kernel) {
            throw new ShapeException(this, input, "it wants channels×height×width, and sides of at least " + kernel);
        }
        return Shape.of(
                input.channels(), (input.height() - kernel) / stride + 1, (input.width() - kernel) / stride + 1);
    }

    @Override
    public long flops(Shape input) {
        return (long) kernel * kernel * output(input).count();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.maxPool2d(kernel, stride);
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        long k = kernel;
        long s = stride;
        return graph.node("MaxPool", List.of(x), Map.of("kernel_shape", List.of(k, k), "strides", List.of(s, s)));
    }

    @Override
    public String toString() {
        return "maxPool " + kernel + "×" + kernel + ", stride " + stride;
    }
}
