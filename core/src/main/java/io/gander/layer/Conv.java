package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A square two-dimensional convolution.
 *
 * @param filters channels that come out
 * @param padding zeros added on every side
 * @param groups so many parts of the channels are convolved each by itself
 */
public record Conv(int filters, int kernel, int stride, int padding, boolean bias, int groups) implements Affine {
    /** Of all channels together. */
    public Conv(int filters, int kernel, int stride, int padding, boolean bias) {
        this(filters, kernel, stride, padding, bias, 1);
    }

    @Override
    public Shape output(Shape input) {
        if (!input.isImage()) {
            throw new ShapeException(this, input, "it wants channels×height×width");
        }
        if (input.channels() % groups != 0 || filters % groups != 0) {
            throw new ShapeException(this, input, groups + " groups do not divide the channels");
        }
        return Shape.of(filters, side(input, input.height()), side(input, input.width()));
    }

    private int side(Shape input, int in) {
        int room = in + 2 * padding - kernel;
        if (room < 0) {
            throw new ShapeException(
                    this,
                    input,
                    "its kernel of " + kernel + "×" + kernel + " is larger than the padded input of "
                            + (in + 2 * padding) + "×" + (in + 2 * padding));
        }
        return room / stride + 1;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        long area = (long) kernel * kernel;
        int channels = input.channels() / groups;
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.kernel(
                List.of(filters, channels, kernel, kernel), channels * area, filters / groups * area));
        if (bias) {
            specs.add(WeightSpec.bias(filters, channels * area));
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        long outputs = output(input).count();
        return 2L * kernel * kernel * input.channels() / groups * outputs + (bias ? outputs : 0);
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.conv2d(pass.weight(), bias ? pass.weight() : null, stride, padding, groups);
    }

    @Override
    public String onnx(GraphWriter graph, String x) {
        List<String> inputs = bias ? List.of(x, graph.weight(), graph.weight()) : List.of(x, graph.weight());
        long p = padding;
        return graph.node(
                "Conv",
                inputs,
                Map.of(
                        "group", (long) groups,
                        "kernel_shape", List.of((long) kernel, (long) kernel),
                        "strides", List.of((long) stride, (long) stride),
                        "pads", List.of(p, p, p, p)));
    }

    @Override
    public Affine withBias() {
        return new Conv(filters, kernel, stride, padding, true, groups);
    }

    @Override
    public int outputAxis() {
        return 0;
    }

    @Override
    public String toString() {
        return "conv " + filters + ", " + kernel + "×" + kernel + ", stride " + stride
                + (groups > 1 ? ", " + groups + " groups" : "");
    }
}
