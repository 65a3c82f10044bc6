package io.gander.network;

import io.gander.error.UserError;
import io.gander.layer.BatchNorm;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Shape;
import io.gander.layer.ShapeException;
import io.gander.layer.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network as a value: what goes in, the layers, how the weights start. Made only if every layer fits the one before.
 *
 * @param name what people call it, such as "generator dcgan"
 * @param input the shape of one example
 */
public record Network(String name, Shape input, Layer layer, Initializer initializer) {
    public Network {
        try {
            layer.output(input);
        } catch (ShapeException e) {
            String place = e.place().isEmpty() ? "" : ", layer " + e.place();
            throw new UserError(name + place + ": " + e.getMessage() + ".", e);
        }
    }

    /**
     * Refuses a batch of which a batch norm would see one value a channel: it makes 0 of it, and its variance is 0/0.
     *
     * @param examples of the batch
     * @throws UserError if so
     */
    public void requireBatch(int examples) {
        Summary.walk("", layer, input, (place, inner, shape) -> {
            if (inner instanceof BatchNorm && examples * shape.count() == shape.channels()) {
                throw new UserError(name + ", layer " + place + ": batch norm sees one value a channel in a batch of "
                        + examples + ", which has no variance: set a larger train.batch, or another norm.");
            }
        });
    }

    /** The shape that comes out. */
    public Shape output() {
        return layer.output(input);
    }

    public List<WeightSpec> weights() {
        return layer.weights(input);
    }

    /**
     * The values of all weights in the network's order, checked to be this network's.
     *
     * @param values by name, in NCHW order; names that the network does not know are passed over
     * @throws UserError if one is missing or has another size
     */
    public List<float[]> arrange(Map<String, float[]> values) {
        List<float[]> arranged = new ArrayList<>();
        for (WeightSpec spec : weights()) {
            float[] value = values.get(spec.name());
            if (value == null || value.length != spec.count()) {
                throw new UserError(name + ": the file's weight " + spec.name() + " "
                        + (value == null ? "is missing" : "has " + value.length + " values, not " + spec.count())
                        + "; it belongs to another network.");
            }
            arranged.add(value);
        }
        return arranged;
    }

    /** The number of values that the optimiser moves. */
    public long parameters() {
        return weights().stream()
                .filter(WeightSpec::trainable)
                .mapToLong(WeightSpec::count)
                .sum();
    }

    /** All values, running statistics included: what Keras calls the number of parameters. */
    public long values() {
        return weights().stream().mapToLong(WeightSpec::count).sum();
    }

    /** Floating-point operations of one example, forward. */
    public long flops() {
        return layer.flops(input);
    }

    /** The operations among these of the first layer that has any: it passes nothing back unless the input wants a gradient. */
    long firstFlops() {
        return Summary.of(this).rows().stream()
                .mapToLong(Summary.Row::flops)
                .filter(flops -> flops > 0)
                .findFirst()
                .orElse(0);
    }
}
