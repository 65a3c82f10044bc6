package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Layers one after another. */
public record Sequential(List<Layer> layers) implements Layer {
    public Sequential {
        layers = List.copyOf(layers);
    }

    @Override
    public Shape output(Shape input) {
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            try {
                shape = layers.get(i).output(shape);
            } catch (ShapeException e) {
                throw e.in(i);
            }
        }
        return shape;
    }

    @Override
    public List<WeightSpec> weights(Shape input) {
        List<WeightSpec> specs = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            String name = String.valueOf(i);
            layers.get(i).weights(shape).forEach(spec -> specs.add(spec.in(name)));
            shape = layers.get(i).output(shape);
        }
        return specs;
    }

    @Override
    public long flops(Shape input) {
        long sum = 0;
        Shape shape = input;
        for (Layer layer : layers) {
            sum += layer.flops(shape);
            shape = layer.output(shape);
        }
        return sum;
    }

    @Override
    public boolean independent() {
        return layers.stream().allMatch(Layer::independent);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = x;
        for (int i = 0; i < layers.size(); i++) {
            // Large pictures are written from the caches to the memory: one that is written twice costs half of two.
            boolean over = i > 0 && layers.get(i - 1).overwritable();
            Tensor next = over && layers.get(i) instanceof Activation f
                    ? f.over(y, pass)
                    : layers.get(i).apply(y, pass);
            if (y != x && y != next) {
                y.close(); // not only when the scope ends: what the way back needs, the engine holds itself
            }
            y = next;
        }
        return y;
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        String y = x;
        Shape shape = input;
        for (Layer layer : layers) {
            y = layer.onnx(graph, y, shape);
            shape = layer.output(shape);
        }
        return y;
    }

    @Override
    public String toString() {
        return layers.stream().map(Layer::toString).collect(Collectors.joining(" → "));
    }
}
