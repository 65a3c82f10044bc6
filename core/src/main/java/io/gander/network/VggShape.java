package io.gander.network;

import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.tensor.Safetensors.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How a network of VGG's shape (Simonyan and Zisserman, 2015) is built, read off the names of its weights: 3×3 convolutions,
 * a ReLU behind each, and a 2×2 max pool between blocks.
 *
 * @param convs in their order
 */
record VggShape(List<Conv> convs) {
    private static final Pattern WEIGHT = Pattern.compile("features\\.(\\d{1,4})\\.weight");
    private static final int NAMES_IN_MESSAGE = 8;

    VggShape {
        convs = List.copyOf(convs);
    }

    /**
     * A convolution and the ReLU behind it.
     *
     * @param key its arrays' names without ".weight"
     * @param block counts from 1
     * @param number within the block, from 1
     * @param channels that come out
     */
    record Conv(String key, int block, int number, int channels) {
        String convName() {
            return "conv" + block + "_" + number;
        }

        String reluName() {
            return "relu" + block + "_" + number;
        }
    }

    /**
     * The shape of a file's network.
     *
     * @param all the names of all arrays in the file, for messages
     * @throws UserError if it is none of VGG's shape
     */
    static VggShape of(Path file, Map<String, Array> arrays, Collection<String> all) {
        TreeMap<Integer, String> keys = new TreeMap<>();
        for (String name : arrays.keySet()) {
            Matcher weight = WEIGHT.matcher(name);
            if (weight.matches()) {
                keys.put(Integer.valueOf(weight.group(1)), "features." + weight.group(1));
            }
        }
        if (keys.isEmpty() || keys.firstKey() != 0) {
            throw noVgg(file, "it has no array features.0.weight, but " + some(all));
        }
        List<Conv> convs = new ArrayList<>();
        int last = -2;
        int channels = 3;
        for (Map.Entry<Integer, String> entry : keys.entrySet()) {
            int step = entry.getKey() - last;
            if (step != 2 && step != 3) {
                throw noVgg(
                        file,
                        entry.getValue() + " does not follow features." + last
                                + " with a ReLU, or a ReLU and a max pool, between them; it has " + some(all));
            }
            channels = channels(file, arrays, entry.getValue(), channels);
            Conv before = convs.isEmpty() ? new Conv("", 1, 0, 3) : convs.get(convs.size() - 1);
            convs.add(
                    step == 2
                            ? new Conv(entry.getValue(), before.block, before.number + 1, channels)
                            : new Conv(entry.getValue(), before.block + 1, 1, channels));
            last = entry.getKey();
        }
        return new VggShape(convs);
    }

    private static int channels(Path file, Map<String, Array> arrays, String key, int in) {
        Array weight = arrays.get(key + ".weight");
        Array bias = arrays.get(key + ".bias");
        if (weight == null || bias == null) {
            throw noVgg(file, "it has no " + key + ".bias");
        }
        long[] sizes = weight.sizes();
        if (sizes.length != 4 || sizes[1] != in || sizes[2] != 3 || sizes[3] != 3 || sizes[0] == 0) {
            throw noVgg(file, key + ".weight is " + text(sizes) + " where out×" + in + "×3×3 is expected");
        }
        if (bias.sizes().length != 1 || bias.sizes()[0] != sizes[0]) {
            throw noVgg(file, key + ".bias is " + text(bias.sizes()) + " where " + sizes[0] + " is expected");
        }
        return (int) sizes[0];
    }

    private static String text(long[] sizes) {
        return LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }

    private static String some(Collection<String> names) {
        String few = String.join(
                ", ", names.stream().sorted().limit(NAMES_IN_MESSAGE).toList());
        return names.isEmpty() ? "nothing" : names.size() > NAMES_IN_MESSAGE ? few + ", …" : few;
    }

    static UserError noVgg(Path file, String why) {
        return new UserError(file + " holds no features of VGG's shape: " + why
                + ". Give a file such as torchvision's VGG16 or VGG19, without batch norm, as safetensors.");
    }

    /** The names of all maps, from the first to the deepest. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Conv conv : convs) {
            names.add(conv.convName());
            names.add(conv.reluName());
        }
        return names;
    }

    /** The last convolution of each block. */
    List<Conv> ends() {
        List<Conv> ends = new ArrayList<>();
        for (int i = 0; i < convs.size(); i++) {
            if (i + 1 == convs.size() || convs.get(i + 1).number == 1) {
                ends.add(convs.get(i));
            }
        }
        return ends;
    }

    /**
     * Where a map lies in {@link #names()}.
     *
     * @throws UserError if there is none of that name
     */
    int place(Path file, String name) {
        int place = names().indexOf(name);
        if (place < 0) {
            throw new UserError(
                    "the features in " + file + " have no layer '" + name + "'." + Names.hint(name, names()));
        }
        return place;
    }
}
