package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;

/** A layer whose weights start so many times larger, where the initialiser looks at gains. */
public record Gain(Layer layer, double gain) implements Layer {
    @Override
    public Shape output(Shape input) {
        return layer.output(input);
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        return layer.weights(input).stream().map(spec -> spec.gain(gain)).toList();
    }

    @Override
    public long flops(Shape input) {
        return layer.flops(input);
    }

    @Override
    public boolean independent() {
        return layer.independent();
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return layer.apply(x, pass);
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return layer.onnx(graph, x, input);
    }

    @Override
    public String toString() {
        return layer.toString();
    }
}
