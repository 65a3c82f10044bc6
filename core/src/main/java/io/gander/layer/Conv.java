package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A convolution over all axes behind the channels, with a kernel of equal sides.
 *
 * @param filters channels that come out
 * @param padding zeros added at both ends of every axis
 * @param groups so many parts of the channels are convolved each by itself
 */
public record Conv(int filters, int kernel, int stride, int padding, boolean bias, int groups) implements Affine {
    /** Of all channels together. */
    public Conv(int filters, int kernel, int stride, int padding, boolean bias) {
        this(filters, kernel, stride, padding, bias, 1);
    }

    @Override
    public Shape output(Shape input) {
        if (input.spatial(this).channels() % groups != 0 || filters % groups != 0) {
            throw new ShapeException(this, input, groups + " groups do not divide the channels");
        }
        if (input.least() + 2 * padding < kernel) {
            throw new ShapeException(
                    this,
                    input,
                    "its kernel of " + input.along(side -> kernel).area() + " is larger than the padded input of "
                            + input.along(side -> side + 2 * padding).area());
        }
        return input.with(filters).along(side -> (side + 2 * padding - kernel) / stride + 1);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        long cells = input.cells(kernel);
        int channels = input.channels() / groups;
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(
                WeightSpec.kernel(input.kernel(filters, channels, kernel), channels * cells, filters / groups * cells));
        if (bias) {
            specs.add(WeightSpec.bias(filters, channels * cells));
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        long outputs = output(input).count();
        return 2 * input.cells(kernel) * input.channels() / groups * outputs + (bias ? outputs : 0);
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.conv(x, pass.kernel(), bias ? pass.weight() : null, stride, padding, groups);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        List<String> inputs = bias ? List.of(x, graph.weight(), graph.weight()) : List.of(x, graph.weight());
        return graph.node(
                "Conv",
                inputs,
                Map.of(
                        "group", (long) groups,
                        "kernel_shape", input.each(kernel),
                        "strides", input.each(stride),
                        "pads", input.pads(padding, padding)));
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
        return "conv " + filters + ", kernel " + kernel + ", stride " + stride
                + (groups > 1 ? ", " + groups + " groups" : "");
    }
}
