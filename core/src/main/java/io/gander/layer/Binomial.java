package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Twice or half of every axis through the filter [1, 2, 1], each channel by itself: without aliases, as StyleGAN 2 and R3GAN resample.
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
            return Functional.averagePool(Functional.padEnd(DOUBLED.apply(x, pass), 1), 2, 1, 0);
        }

        @Override
        public String onnx(GraphWriter graph, String x, Shape input) {
            return means(graph, DOUBLED.onnx(graph, x, input), input, 1, input.pads(0, 1));
        }
    },
    DOWN("downsample 2, [1, 2, 1]") {
        @Override
        public Shape output(Shape input) {
            return input.spatial(this).along(side -> (side + 1) / 2);
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return Functional.averagePool(Functional.averagePool(x, 2, 1, 1), 2, 2, 0);
        }

        @Override
        public String onnx(GraphWriter graph, String x, Shape input) {
            String smooth = means(graph, x, input, 1, input.pads(1, 1));
            return means(graph, smooth, input, 2, input.pads(0, 0));
        }
    };

    private static final Upsample DOUBLED = new Upsample(2);

    private final String label;

    Binomial(String label) {
        this.label = label;
    }

    /** Of each result, the products of the filter, whatever way they are computed. */
    @Override
    public long flops(Shape input) {
        return 2 * input.cells(3) * Math.max(input.count(), output(input).count());
    }

    private static String means(GraphWriter graph, String x, Shape input, long stride, List<Long> pads) {
        return graph.node(
                "AveragePool",
                List.of(x),
                Map.of(
                        "kernel_shape",
                        input.each(2),
                        "strides",
                        input.each(stride),
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
