package io.gander.layer;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Twice or half the sides through the filter [1, 2, 1], each channel by itself: without aliases, as StyleGAN 2 and R3GAN resample.
 * The filter is [1, 1] twice, so two means of neighbours do for it: a convolution of each channel by itself is ten times slower here.
 */
public enum Binomial implements Layer {
    UP("upsample 2, [1, 2, 1]") {
        @Override
        public Shape output(Shape input) {
            return DOUBLED.output(input);
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return DOUBLED.apply(x, pass).padEnd(1).averagePool2d(2, 1, 0);
        }

        @Override
        public String onnx(GraphWriter graph, String x) {
            return means(graph, DOUBLED.onnx(graph, x), 1, List.of(0L, 0L, 1L, 1L));
        }
    },
    DOWN("downsample 2, [1, 2, 1]") {
        @Override
        public Shape output(Shape input) {
            return Shape.of(input.channels(), (input.height() + 1) / 2, (input.width() + 1) / 2);
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.averagePool2d(2, 1, 1).averagePool2d(2, 2, 0);
        }

        @Override
        public String onnx(GraphWriter graph, String x) {
            return means(graph, means(graph, x, 1, List.of(1L, 1L, 1L, 1L)), 2, List.of(0L, 0L, 0L, 0L));
        }
    };

    private static final Upsample DOUBLED = new Upsample(2);

    private final String label;

    Binomial(String label) {
        this.label = label;
    }

    /** Of each result, the 3×3 products of the filter, whatever way they are computed. */
    @Override
    public long flops(Shape input) {
        return 2L * 3 * 3 * Math.max(input.count(), output(input).count());
    }

    private static String means(GraphWriter graph, String x, long stride, List<Long> pads) {
        return graph.node(
                "AveragePool",
                List.of(x),
                Map.of(
                        "kernel_shape",
                        List.of(2L, 2L),
                        "strides",
                        List.of(stride, stride),
                        "pads",
                        pads,
                        "count_include_pad",
                        1L));
    }

    @Override
    public String toString() {
        return label;
    }
}
