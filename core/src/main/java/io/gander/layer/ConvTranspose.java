package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A transposed convolution over all axes behind the channels, with a kernel of equal sides: it makes them longer.
 *
 * @param filters channels that come out
 * @param padding cut from both ends of every axis of the full result
 * @param outputPadding given back at the end of every axis; less than the stride
 */
public record ConvTranspose(int filters, int kernel, int stride, int padding, int outputPadding, boolean bias)
        implements Affine {
    @Override
    public Shape output(Shape input) {
        Shape output = input.spatial(this).with(filters).along(this::side);
        if (output.least() < 1) {
            throw new ShapeException(this, input, "nothing would be left; " + output + " would come out");
        }
        return output;
    }

    private int side(int in) {
        return (in - 1) * stride - 2 * padding + kernel + outputPadding;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        long cells = input.cells(kernel);
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.kernel(
                input.kernel(input.channels(), filters, kernel), input.channels() * cells, filters * cells));
        if (bias) {
            specs.add(WeightSpec.bias(filters, input.channels() * cells));
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        return 2 * input.cells(kernel) * filters * input.count()
                + (bias ? output(input).count() : 0);
    }

    @Override
    public boolean overwritable() {
        return true;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Functional.convTranspose(x, pass.kernel(), bias ? pass.weight() : null, stride, padding, outputPadding);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        List<String> inputs = bias ? List.of(x, graph.weight(), graph.weight()) : List.of(x, graph.weight());
        return graph.node(
                "ConvTranspose",
                inputs,
                Map.of(
                        "kernel_shape", input.each(kernel),
                        "strides", input.each(stride),
                        "pads", input.pads(padding, padding),
                        "output_padding", input.each(outputPadding)));
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
        return "convTranspose " + filters + ", kernel " + kernel + ", stride " + stride;
    }
}
