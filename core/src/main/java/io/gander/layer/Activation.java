package io.gander.layer;

import io.gander.tensor.Functional;
import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A function of each element. */
public enum Activation implements Layer {
    RELU("relu", "Relu") {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.relu();
        }

        @Override
        Tensor over(Tensor x, Pass pass) {
            return Functional.reluInPlace(x);
        }
    },
    /** x for x ≥ 0, else .2·x: the slope that DCGAN settled on (Radford et al., 2016). */
    LEAKY_RELU("leakyRelu .2", "LeakyRelu") {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.leakyRelu(SLOPE);
        }

        @Override
        Tensor over(Tensor x, Pass pass) {
            return Functional.leakyReluInPlace(x, SLOPE);
        }

        @Override
        public String onnx(GraphWriter graph, String x, Shape input) {
            return graph.node("LeakyRelu", List.of(x), Map.of("alpha", SLOPE));
        }
    },
    SIGMOID("sigmoid", "Sigmoid") {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.float32().sigmoid(); // a pixel has more digits than bfloat16
        }
    },
    TANH("tanh", "Tanh") {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.float32().tanh();
        }
    },
    /** x itself. */
    LINEAR("linear", "Identity") {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x;
        }

        @Override
        public long flops(Shape input) {
            return 0;
        }

        @Override
        public String onnx(GraphWriter graph, String x, Shape input) {
            return x;
        }
    };

    private static final double SLOPE = 0.2;

    private final String label;
    private final String operator;

    Activation(String label, String operator) {
        this.label = label;
        this.operator = operator;
    }

    /** What {@link #apply} gives, in x's own place where that is cheaper; x's values are lost then. */
    Tensor over(Tensor x, Pass pass) {
        return apply(x, pass);
    }

    @Override
    public Shape output(Shape input) {
        return input;
    }

    @Override
    public long flops(Shape input) {
        return input.count();
    }

    @Override
    public String onnx(GraphWriter graph, String x, Shape input) {
        return graph.node(operator, List.of(x), Map.of());
    }

    @Override
    public String toString() {
        return label;
    }
}
