package io.gander.network;

import io.gander.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A function of each element. */
public enum Activation implements Layer {
    RELU("relu", "Relu", Map.of()) {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.relu();
        }
    },
    /** x for x ≥ 0, else .2·x: the slope that DCGAN settled on (Radford et al., 2016). */
    LEAKY_RELU("leakyRelu .2", "LeakyRelu", Map.of("alpha", 0.2)) {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.leakyRelu(0.2);
        }
    },
    SIGMOID("sigmoid", "Sigmoid", Map.of()) {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.sigmoid();
        }
    },
    TANH("tanh", "Tanh", Map.of()) {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.tanh();
        }
    };

    private final String label;
    private final String operator;
    private final Map<String, Object> attributes;

    Activation(String label, String operator, Map<String, Object> attributes) {
        this.label = label;
        this.operator = operator;
        this.attributes = attributes;
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
    public String onnx(GraphWriter graph, String x) {
        return graph.node(operator, List.of(x), attributes);
    }

    @Override
    public String toString() {
        return label;
    }
}
