package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A square two-dimensional transposed convolution: it makes pictures larger.
 *
 * @param filters channels that come out
 * @param padding rows and columns cut from every side of the full result
 * @param outputPadding rows and columns given back at the bottom and the right; less than the stride
 */
public record ConvTranspose(int filters, int kernel, int stride, int padding, int outputPadding, boolean bias)
        implements Affine {
    @Override
    public Shape output(Shape input) {
        if (!input.isImage()) {
            throw new ShapeException(this, input, "it wants channels×height×width");
        }
        Shape output = Shape.of(filters, side(input.height()), side(input.width()));
        if (output.height() < 1 || output.width() < 1) {
            throw new ShapeException(this, input, "nothing would be left; " + output + " would come out");
        }
        return output;
    }

    private int side(int in) {
        return (in - 1) * stride - 2 * padding + kernel + outputPadding;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        long area = (long) kernel * kernel;
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.kernel(
                List.of(input.channels(), filters, kernel, kernel), input.channels() * area, filters * area));
        if (bias) {
            specs.add(WeightSpec.bias(filters, input.channels() * area));
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        return 2L * kernel * kernel * filters * input.count()
                + (bias ? output(input).count() : 0);
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.convTranspose2d(pass.weight(), bias ? pass.weight() : null, stride, padding, outputPadding);
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        List<String> inputs = bias ? List.of(x, graph.weight(), graph.weight()) : List.of(x, graph.weight());
        long p = padding;
        return graph.node(
                "ConvTranspose",
                inputs,
                Map.of(
                        "kernel_shape", List.of((long) kernel, (long) kernel),
                        "strides", List.of((long) stride, (long) stride),
                        "pads", List.of(p, p, p, p),
                        "output_padding", List.of((long) outputPadding, (long) outputPadding)));
    }

    @Override
    public Affine withBias() {
        return new ConvTranspose(filters, kernel, stride, padding, outputPadding, true);
    }

    @Override
    public int outputAxis() {
        return 1;
    }

    @Override
    public String toString() {
        return "convTranspose " + filters + ", " + kernel + "×" + kernel + ", stride " + stride;
    }
}
