package io.gander.network;

import io.gander.error.UserError;
import io.gander.tensor.Functional;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Safetensors.Array;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A trained network of VGG's shape that looks at pictures and is not trained itself: the eye of perceptual losses and
 * distances. Its maps are named as in the literature, by block and number: conv1_2 is the second convolution's result before
 * the ReLU, relu1_2 behind it. Pictures are N×3×H×W or N×1×H×W in [0, 1]; grey is seen as three equal channels. Gradients
 * flow to the pictures, and to nothing here. Owns its weights until closed.
 */
public final class FeatureNetwork implements AutoCloseable {
    /** Added to norms, as in Zhang et al.'s program. */
    private static final double EPSILON = 1e-10;

    private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
    private static final double[] IMAGENET_SPREAD = {0.229, 0.224, 0.225};

    private final Path file;
    private final VggShape shape;
    private final Tensor mean;
    private final Tensor spread;
    private final List<Tensor> kernels = new ArrayList<>();
    private final List<Tensor> biases = new ArrayList<>();
    private final List<Tensor> channelWeights = new ArrayList<>();

    /** How two maps are compared, element by element. */
    public enum Difference {
        /** Their absolute difference, as in ESRGAN (Wang et al., 2018). */
        ABSOLUTE,
        /** Their squared difference, as in SRGAN (Ledig et al., 2017). */
        SQUARED
    }

    private FeatureNetwork(Path file, VggShape shape, Map<String, Array> arrays) {
        Map<String, String> metadata = Safetensors.metadata(file);
        float[] means = triple(file, metadata, "mean", IMAGENET_MEAN);
        float[] spreads = triple(file, metadata, "std", IMAGENET_SPREAD);
        List<Array> weighing = channelWeights(file, shape, arrays);
        this.file = file;
        this.shape = shape;
        try (Scope scope = Scope.open()) {
            this.mean = Tensor.of(means, 1, 3, 1, 1).keep();
            this.spread = Tensor.of(spreads, 1, 3, 1, 1).keep();
            for (VggShape.Conv conv : shape.convs()) {
                kernels.add(
                        tensor(arrays, conv.key() + ".weight").channelsLast().keep());
                biases.add(tensor(arrays, conv.key() + ".bias").keep());
            }
            for (Array weights : weighing) {
                channelWeights.add(Tensor.of(weights.values(), 1, weights.values().length, 1, 1)
                        .keep());
            }
        }
    }

    /**
     * Opens weights named as torchvision names them, features.N.weight and features.N.bias; others are not looked at. The
     * file's metadata may say with which "mean" and "std" of red, green and blue the network was trained, three numbers with
     * commas each; torchvision's for ImageNet otherwise. Arrays lin0.weight, lin1.weight and so on, 1×channels×1×1, weigh the
     * channels in {@link #lpips}.
     *
     * @throws UserError if the file cannot be read or holds no such network
     */
    public static FeatureNetwork open(Path safetensors) {
        List<String> names = new ArrayList<>();
        Map<String, Array> arrays = Safetensors.read(safetensors, name -> {
            names.add(name);
            return name.startsWith("features.") || name.matches("lin\\d+\\.weight");
        });
        Safetensors.requireFinite(safetensors, arrays);
        return new FeatureNetwork(safetensors, VggShape.of(safetensors, arrays, names), arrays);
    }

    private static float[] triple(Path file, Map<String, String> metadata, String key, double[] usual) {
        String text = metadata.get(key);
        float[] values = new float[3];
        String[] parts = text == null ? new String[0] : text.split(",", -1);
        try {
            for (int i = 0; i < 3; i++) {
                values[i] = (float) (text == null ? usual[i] : Double.parseDouble(parts[i].strip()));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new UserError(
                    file + " says in its metadata that the " + key + " is '" + text
                            + "': three numbers with commas between them are expected.",
                    e);
        }
        return values;
    }

    private static List<Array> channelWeights(Path file, VggShape shape, Map<String, Array> arrays) {
        List<Array> found = new ArrayList<>();
        List<VggShape.Conv> ends = shape.ends();
        for (int i = 0; i < ends.size(); i++) {
            Array weights = arrays.get("lin" + i + ".weight");
            if (weights != null) {
                found.add(weights);
            }
            if (found.size() != (arrays.containsKey("lin0.weight") ? i + 1 : 0)
                    || (weights != null
                            && weights.values().length != ends.get(i).channels())) {
                throw VggShape.noVgg(
                        file,
                        "lin" + i + ".weight should hold "
                                + ends.get(i).channels() + " values, for the channels of "
                                + ends.get(i).reluName());
            }
        }
        return found;
    }

    private static Tensor tensor(Map<String, Array> arrays, String name) {
        Array array = Objects.requireNonNull(arrays.get(name), name);
        return Tensor.of(array.values(), array.sizes());
    }

    /** The names of all maps, from the first to the deepest. */
    public List<String> layers() {
        return shape.names();
    }

    /** The maps that {@link #lpips} compares: the last ReLU of each block. */
    public List<String> lpipsLayers() {
        return shape.ends().stream().map(VggShape.Conv::reluName).toList();
    }

    /**
     * Maps by name, N×channels×height×width, in one walk that ends at the deepest one.
     *
     * @throws UserError if there is no layer of such a name, or if the pictures are too small for it
     */
    public Map<String, Tensor> features(Tensor pictures01, List<String> names) {
        int last =
                names.stream().mapToInt(name -> shape.place(file, name)).max().orElse(-1);
        Map<String, Tensor> maps = new LinkedHashMap<>();
        names.forEach(name -> maps.put(name, pictures01)); // in the order asked for
        Tensor x = normalised(pictures01);
        for (int i = 0; 2 * i <= last; i++) {
            VggShape.Conv conv = shape.convs().get(i);
            if (conv.number() == 1 && conv.block() > 1) {
                x = instead(x, pooled(x, pictures01, conv), maps);
            }
            x = instead(x, Functional.conv(x, kernels.get(i), biases.get(i), 1, 1, 1), maps);
            maps.replace(conv.convName(), x);
            if (2 * i < last) {
                x = maps.containsValue(x) ? x.relu() : Functional.reluInPlace(x);
                maps.replace(conv.reluName(), x);
            }
        }
        return maps;
    }

    /** Lets go of a map that nobody asked for: of a large picture each takes hundreds of megabytes. */
    private static Tensor instead(Tensor old, Tensor fresh, Map<String, Tensor> maps) {
        if (!maps.containsValue(old)) {
            old.close();
        }
        return fresh;
    }

    private Tensor normalised(Tensor pictures01) {
        Tensor colour = pictures01.shape()[1] == 1 ? Tensor.concat(1, pictures01, pictures01, pictures01) : pictures01;
        return colour.sub(mean).div(spread).channelsLast();
    }

    private static Tensor pooled(Tensor x, Tensor pictures, VggShape.Conv next) {
        if (Math.min(x.shape()[2], x.shape()[3]) < 2) {
            throw tooSmall(pictures.shape()[2], pictures.shape()[3], next);
        }
        return Functional.maxPool(x, 2, 2);
    }

    private static UserError tooSmall(long height, long width, VggShape.Conv conv) {
        int least = 1 << (conv.block() - 1);
        return new UserError("pictures of " + height + "×" + width + " are too small for " + conv.convName()
                + " of the features: they need " + least + "×" + least + " pixels, or name an earlier layer.");
    }

    /**
     * Refuses what {@link #contentLoss} would refuse: a training may come to it only after hours.
     *
     * @param side of the pictures, pixels
     * @throws UserError if there is no layer of such a name, or if the pictures are too small for it
     */
    public void check(String layer, int side) {
        VggShape.Conv conv = shape.convs().get(shape.place(file, layer) / 2);
        if (side >> (conv.block() - 1) == 0) {
            throw tooSmall(side, side, conv);
        }
    }

    /**
     * The difference of one layer's maps, a single number: SRGAN's and ESRGAN's content loss, relative to the real pictures'
     * maps themselves. So a weight means the same whoever trained the network: a network that was trained on pixels from 0
     * to 255 has maps many times as large as one that was trained on their standard scores.
     *
     * @param fake01 to which gradients flow
     * @param real01 to which none flow
     * @return 0 for equal maps; 1 for maps as far away as zeros are
     */
    public Tensor contentLoss(Tensor fake01, Tensor real01, String layer, Difference difference) {
        Tensor real = withoutGraph(real01, layer);
        return mean(map(fake01, layer).sub(real), difference).div(mean(real, difference));
    }

    private static Tensor mean(Tensor maps, Difference difference) {
        return (difference == Difference.ABSOLUTE ? maps.abs() : maps.square()).mean();
    }

    private Tensor withoutGraph(Tensor pictures01, String layer) {
        try (NoGrad off = NoGrad.open()) {
            return map(pictures01, layer);
        }
    }

    private Tensor map(Tensor pictures01, String layer) {
        return Objects.requireNonNull(features(pictures01, List.of(layer)).get(layer), layer);
    }

    /**
     * The LPIPS-like distance of each pair (Zhang et al., 2018, equation 1): the last maps of all blocks, of length 1 over the
     * channels at each place; squared differences, weighed by the file's lin arrays if it has any; the mean over places; the
     * sum over blocks. It is only like LPIPS: the networks, and so the numbers, are not those that were published.
     *
     * @return N numbers; 0 for equal pictures
     */
    public Tensor lpips(Tensor a01, Tensor b01) {
        List<String> names = lpipsLayers();
        List<Tensor> a = List.copyOf(features(a01, names).values());
        List<Tensor> b = List.copyOf(features(b01, names).values());
        Tensor sum = Tensor.zeros(a01.shape()[0], 1, 1, 1);
        for (int i = 0; i < names.size(); i++) {
            try (Tensor distance = distance(a.get(i), b.get(i), i)) {
                sum = sum.add(distance);
            }
        }
        return sum.reshape(-1);
    }

    /** The distance of two maps, N×1×1×1, to be closed; what is computed on the way is let go of at once. */
    private Tensor distance(Tensor a, Tensor b, int block) {
        try (Scope scope = Scope.open()) {
            Tensor gap = unit(a).sub(unit(b)).square();
            Tensor weighed = channelWeights.isEmpty() ? gap : gap.mul(channelWeights.get(block));
            return weighed.sum(1).mean(2, 3).keep();
        }
    }

    /**
     * A map of length 1 over the channels. ε² is under the root, too: where all channels are 0 the root's slope would be
     * infinite and the gradient no number, which is seen only if no ReLU is before it to stop it.
     */
    static Tensor unit(Tensor map) {
        return map.div(map.square().sum(1).add(EPSILON * EPSILON).sqrt().add(EPSILON));
    }

    @Override
    public void close() {
        mean.close();
        spread.close();
        kernels.forEach(Tensor::close);
        biases.forEach(Tensor::close);
        channelWeights.forEach(Tensor::close);
    }
}
