package io.gander.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.gander.layer.GraphWriter;
import io.gander.layer.WeightSpec;
import io.gander.network.Folding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** An ONNX graph while the layers write themselves into it. Each value is called after the operator that makes it. */
final class OnnxGraph implements GraphWriter {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Iterator<WeightSpec> specs;
    private final Map<String, float[]> weights;
    private int constants;

    OnnxGraph(Folding folding) {
        this.specs = folding.network().weights().iterator();
        this.weights = folding.weights();
    }

    @Override
    public String weight() {
        WeightSpec spec = specs.next();
        float[] values = Objects.requireNonNull(weights.get(spec.name()), spec.name());
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        TensorProto.Builder tensor = graph.addInitializerBuilder()
                .setName(spec.name())
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(bytes));
        spec.sizes().forEach(tensor::addDims);
        return spec.name();
    }

    @Override
    public String node(String operator, List<String> inputs, Map<String, Object> attributes) {
        String name = operator.toLowerCase(Locale.ROOT) + "_" + graph.getNodeCount();
        NodeProto.Builder node = graph.addNodeBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(name);
        // Sorted, because Map.of has another order in every process and the same network is to be the same file.
        new TreeMap<>(attributes).forEach((key, value) -> node.addAttribute(attribute(key, value)));
        return name;
    }

    private static AttributeProto attribute(String name, Object value) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
        if (value instanceof Long whole) {
            attribute.setType(AttributeProto.AttributeType.INT).setI(whole);
        } else if (value instanceof Double real) {
            attribute.setType(AttributeProto.AttributeType.FLOAT).setF(real.floatValue());
        } else if (value instanceof String text) {
            attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
        } else if (value instanceof List<?> list) {
            attribute.setType(AttributeProto.AttributeType.INTS);
            list.forEach(item -> attribute.addInts((Long) item));
        } else {
            throw new IllegalArgumentException("attribute " + name + " is a " + value.getClass());
        }
        return attribute.build();
    }

    @Override
    public String constant(List<Long> values) {
        String name = "constant_" + constants++;
        graph.addInitializerBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64_VALUE)
                .addDims(values.size())
                .addAllInt64Data(values);
        return name;
    }

    @Override
    public String reals(List<Double> values) {
        String name = "constant_" + constants++;
        TensorProto.Builder tensor = graph.addInitializerBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(values.size());
        values.forEach(value -> tensor.addFloatData(value.floatValue()));
        return name;
    }

    /**
     * Gives the graph's result its name.
     *
     * @param result what the last layer called it
     */
    void finish(String result, String inputName, String outputName) {
        String last = result.equals(inputName) ? node("Identity", List.of(result), Map.of()) : result;
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(last)) {
                    node.setInput(i, outputName);
                }
            }
            if (node.getOutput(0).equals(last)) {
                node.setOutput(0, outputName);
            }
        }
    }

    /** The graph with its nodes and weights; inputs and outputs are still to be declared. */
    GraphProto.Builder graph() {
        return graph;
    }
}
