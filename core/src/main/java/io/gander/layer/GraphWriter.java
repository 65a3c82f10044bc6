package io.gander.layer;

import java.util.List;
import java.util.Map;

/** Where a layer writes itself down as nodes of an ONNX graph; values are known by name. */
public interface GraphWriter {
    /** The name of the next weight, in the order in which the layers named them. */
    String weight();

    /**
     * Adds a node with one output.
     *
     * @param operator ONNX's name of it, opset 17
     * @param inputs names; an empty one leaves an optional input out
     * @param attributes values are Long, Double (written as float32), String or List of Long
     * @return the output's name
     */
    String node(String operator, List<String> inputs, Map<String, Object> attributes);

    /** Adds a constant vector of int64 and returns its name. */
    String constant(List<Long> values);

    /** Adds a constant vector of float32 and returns its name. */
    String reals(List<Double> values);
}
