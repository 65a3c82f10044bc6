package io.gander.export;

import io.gander.layer.WeightSpec;
import io.gander.network.Network;
import io.gander.tensor.Safetensors;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
     * in; a verdict "logit".
     */
    ONNX {
        @Override
        public void write(
                Path file, Network network, int multiple, Map<String, float[]> weights, Map<String, String> metadata) {
            boolean fromImage = network.input().isImage();
            String input = fromImage ? "image" : "latent";
            String picture = fromImage ? "image_out" : "image";
            String output = network.output().isImage() ? picture : "logit";
            Onnx.write(file, network, weights, input, output, multiple, metadata);
        }
    };

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
