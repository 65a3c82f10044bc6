package io.gander.export;

import io.gander.error.UserError;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import io.gander.network.Network;
import io.gander.tensor.Safetensors;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The formats in which a network leaves. A new one is an entry here. */
public enum Format {
    /** The weights alone, float32, under the names and in the layouts that PyTorch uses: nothing is folded. */
    SAFETENSORS {
        @Override
        public void write(
                Path file, Network network, int multiple, Map<String, float[]> weights, Map<String, String> metadata) {
            Iterator<float[]> values = network.arrange(weights).iterator();
            Map<String, Safetensors.Array> arrays = new LinkedHashMap<>();
            for (WeightSpec spec : network.weights()) {
                long[] sizes =
                        spec.sizes().stream().mapToLong(Integer::longValue).toArray();
                arrays.put(spec.name(), new Safetensors.Array(sizes, values.next()));
            }
            Export.whole(file, beside -> Safetensors.writeArrays(beside, arrays, Metadata.with(metadata, multiple)));
        }
    },
    /**
     * The network in inference, ready to run: see {@link Onnx}. A picture is called "image", and "image_out" where one went
     * in, what has another number of axes "example"; a verdict "logit".
     */
    ONNX {
        @Override
        public void write(
                Path file, Network network, int multiple, Map<String, float[]> weights, Map<String, String> metadata) {
            boolean fromLatent = network.input().axes().isEmpty();
            boolean verdict = network.output().axes().isEmpty();
            String input = fromLatent ? "latent" : example(network.input());
            String output = verdict ? "logit" : example(network.output()) + (fromLatent ? "" : "_out");
            Onnx.write(file, network, weights, input, output, multiple, metadata);
        }

        private static String example(Shape shape) {
            return shape.axes().size() == 2 ? "image" : "example";
        }
    };

    /**
     * Refuses a name that says it is another format.
     *
     * @throws UserError if it ends so
     */
    void requireEnding(Path file) {
        for (Format other : values()) {
            if (other != this
                    && String.valueOf(file.getFileName())
                            .toLowerCase(Locale.ROOT)
                            .endsWith("." + other.key())) {
                throw new UserError(file + " is the name of another format: end it with ." + key()
                        + ", or take --format " + other.key() + ".");
            }
        }
    }

    private String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a network. The file appears whole or not at all; an older one of that name is replaced.
     *
     * @param multiple what the height and the width of an input are multiples of; 0 if the network takes one size only
     * @param weights the network's, by name, in NCHW order
     * @param metadata what the file says of itself, such as {@link Metadata#of}
     * @throws io.gander.error.UserError if the weights are not the network's, or the file cannot be written
     */
    public abstract void write(
            Path file, Network network, int multiple, Map<String, float[]> weights, Map<String, String> metadata);

    /** The same of a network that takes one size only. */
    public void write(Path file, Network network, Map<String, float[]> weights, Map<String, String> metadata) {
        write(file, network, 0, weights, metadata);
    }
}
