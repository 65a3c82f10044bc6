package io.gander.network;

import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Twice or half the sides through the filter [1, 2, 1], each channel by itself: without aliases, as StyleGAN 2 and R3GAN resample. */
public enum Binomial implements Layer {
    UP("upsample 2, [1, 2, 1]") {
        @Override
        public Shape output(Shape input) {
            return Shape.of(input.channels(), 2 * input.height(), 2 * input.width());
        }

        @Override
        Tensor filter(Tensor planes) {
            return planes.convTranspose2d(Tensor.of(kernel(4), 1, 1, 3, 3), null, 2, 1, 1);
        }

        @Override
        public String onnx(GraphWriter graph, String x) {
            return planes(graph, x, "ConvTranspose", 4, Map.of("output_padding", List.of(1L, 1L)));
        }
    },
    DOWN("downsample 2, [1, 2, 1]") {
        @Override
        public Shape output(Shape input) {
            return Shape.of(input.channels(), (input.height() + 1) / 2, (input.width() + 1) / 2);
        }

        @Override
        Tensor filter(Tensor planes) {
            return planes.conv2d(Tensor.of(kernel(16), 1, 1, 3, 3), null, 2, 1);
        }

        @Override
        public String onnx(GraphWriter graph, String x) {
            return planes(graph, x, "Conv", 16, Map.of());
        }
    };

    private static final double[] ROW = {1, 2, 1};

    private final String label;

    Binomial(String label) {
        this.label = label;
    }

    abstract Tensor filter(Tensor planes);

    @Override
    public long flops(Shape input) {
        return 2L
                * ROW.length
                * ROW.length
                * Math.max(input.count(), output(input).count());
    }

    /** The channels become pictures: the engine has no quicker way for so small a filter. */
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        long[] shape = x.shape();
        Tensor planes = filter(x.reshape(shape[0] * shape[1], 1, shape[2], shape[3]));
        long[] after = planes.shape();
        return planes.reshape(shape[0], shape[1], after[2], after[3]);
    }

    private static float[] kernel(double divisor) {
        float[] kernel = new float[ROW.length * ROW.length];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = (float) (ROW[i / ROW.length] * ROW[i % ROW.length] / divisor);
        }
        return kernel;
    }

    /** Written like it is computed, for a graph has no name for the number of channels. */
    private static String planes(
            GraphWriter graph, String x, String operator, double divisor, Map<String, Object> attributes) {
        List<Double> values = new ArrayList<>();
        for (float value : kernel(divisor)) {
            values.add((double) value);
        }
        String kernel =
                graph.node("Reshape", List.of(graph.reals(values), graph.constant(List.of(1L, 1L, 3L, 3L))), Map.of());
        String before = graph.node("Shape", List.of(x), Map.of());
        String axis = graph.constant(List.of(0L));
        String sides = graph.node(
                "Slice", List.of(before, graph.constant(List.of(2L)), graph.constant(List.of(4L)), axis), Map.of());
        String many = graph.node("Concat", List.of(graph.constant(List.of(-1L, 1L)), sides), Map.of("axis", 0L));
        String planes = graph.node("Reshape", List.of(x, many), Map.of());
        Map<String, Object> all = new HashMap<>(attributes);
        all.put("kernel_shape", List.of(3L, 3L));
        all.put("strides", List.of(2L, 2L));
        all.put("pads", List.of(1L, 1L, 1L, 1L));
        String filtered = graph.node(operator, List.of(planes, kernel), all);
        String channels = graph.node(
                "Slice", List.of(before, graph.constant(List.of(0L)), graph.constant(List.of(2L)), axis), Map.of());
        String after = graph.node("Shape", List.of(filtered), Map.of());
        String newSides = graph.node(
                "Slice", List.of(after, graph.constant(List.of(2L)), graph.constant(List.of(4L)), axis), Map.of());
        String shape = graph.node("Concat", List.of(channels, newSides), Map.of("axis", 0L));
        return graph.node("Reshape", List.of(filtered, shape), Map.of());
    }

    @Override
    public String toString() {
        return label;
    }
}
