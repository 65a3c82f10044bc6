package io.gander.metric;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.layer.Initializer;
import io.gander.layer.Shape;
import io.gander.modality.Resampling;
import io.gander.network.Model;
import io.gander.network.Network;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Safetensors;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small network that names the class of a picture, and whose last hidden layer says what it looks like: it takes the place of the Inception
 * network where pictures are small. {@code gander classifier} trains it.
 */
public final class Classifier implements AutoCloseable {
    /** Numbers by which it knows a picture. */
    static final int FEATURES = 64;

    /** Pictures that are looked at together: more are no quicker, and what is computed on the way takes memory. */
    private static final int TOGETHER = 100;

    private static final String MNIST = "/io/gander/data/mnist/classifier.safetensors";
    private static final String SIDE = "side";
    private static final String CHANNELS = "channels";
    private static final String CLASSES = "classes";

    private final int channels;
    private final int side;
    private final int classes;
    private final Model body;
    private final Model head;

    private Classifier(int channels, int side, int classes, long seed) {
        this.channels = channels;
        this.side = side;
        this.classes = classes;
        this.body = Model.create(
                new Network(
                        "classifier",
                        Shape.of(channels, side, side),
                        sequential(
                                conv(16, 3, 1, 1), // c × s × s
                                batchNorm(),
                                relu(),
                                conv(24, 4, 2, 1), // s/2
                                batchNorm(),
                                relu(),
                                conv(32, 3, 1, 1),
                                batchNorm(),
                                relu(),
                                conv(48, 4, 2, 1), // s/4
                                batchNorm(),
                                relu(),
                                conv(48, 4, 2, 1), // s/8
                                batchNorm(),
                                relu(),
                                flatten(),
                                dense(FEATURES),
                                relu()),
                        Initializer.KAIMING),
                seed);
        this.head = Model.create(
                new Network("classifier's head", Shape.of(FEATURES), sequential(dense(classes)), Initializer.KAIMING),
                seed + 1);
    }

    /** One that knows nothing yet. */
    static Classifier fresh(int channels, int side, int classes, long seed) {
        return new Classifier(channels, side, classes, seed);
    }

    /** The one for MNIST that comes with its digits; null if they are not on the class path. */
    static @Nullable Classifier mnist() {
        try (InputStream in = Classifier.class.getResourceAsStream(MNIST)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            return of(MNIST, Safetensors.metadata(MNIST, content), Safetensors.read(MNIST, content, name -> true));
        } catch (IOException e) {
            throw Faults.cannotRead("MNIST's classifier, which comes with Gander", e);
        }
    }

    /**
     * One that was {@linkplain #save saved}.
     *
     * @throws UserError if the file is no classifier's
     */
    public static Classifier open(Path file) {
        return of(file, Safetensors.metadata(file), Safetensors.read(file, name -> true));
    }

    private static Classifier of(Object file, Map<String, String> facts, Map<String, Safetensors.Array> arrays) {
        if (!facts.keySet().containsAll(List.of(CHANNELS, SIDE, CLASSES))) {
            throw new UserError(file + " is not a classifier: make one with '" + ShellCommand.of("classifier") + "'.");
        }
        Classifier classifier = new Classifier(number(facts, CHANNELS), number(facts, SIDE), number(facts, CLASSES), 0);
        Safetensors.requireFinite(file, arrays);
        Map<String, float[]> weights = new LinkedHashMap<>();
        arrays.forEach((name, array) -> weights.put(name, array.values()));
        classifier.body.load(part(weights, "body."));
        classifier.head.load(part(weights, "head."));
        classifier.requiresGrad(false);
        return classifier;
    }

    private static int number(Map<String, String> facts, String name) {
        return Integer.parseInt(String.valueOf(facts.get(name)));
    }

    private static Map<String, float[]> part(Map<String, float[]> weights, String prefix) {
        Map<String, float[]> part = new LinkedHashMap<>();
        weights.forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), values);
            }
        });
        return part;
    }

    /** Writes it as safetensors. */
    public void save(Path file) throws IOException {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        body.weights().forEach((name, weight) -> weights.put("body." + name, weight));
        head.weights().forEach((name, weight) -> weights.put("head." + name, weight));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(CHANNELS, String.valueOf(channels));
        facts.put(SIDE, String.valueOf(side));
        facts.put(CLASSES, String.valueOf(classes));
        WholeFile.write(file, beside -> Safetensors.write(beside, weights, facts));
    }

    Model body() {
        return body;
    }

    Model head() {
        return head;
    }

    void requiresGrad(boolean requires) {
        body.requiresGrad(requires);
        head.requiresGrad(requires);
    }

    public int classes() {
        return classes;
    }

    public int channels() {
        return channels;
    }

    /** Logits while it learns: [n, classes]. */
    Tensor learning(Tensor pictures) {
        return head.apply(body.apply(pictures, true), true);
    }

    /**
     * What it makes of some pictures.
     *
     * @param pictures [n, channels, height, width] in 0…1, of any size: they are brought to the classifier's
     */
    Predictions predict(Tensor pictures) {
        List<Predictions> parts = new ArrayList<>();
        int count = (int) pictures.shape()[0];
        for (int start = 0; start < count; start += TOGETHER) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.open()) {
                parts.add(predictAtOnce(pictures.narrow(0, start, Math.min(TOGETHER, count - start))));
            }
        }
        return Predictions.of(parts);
    }

    private Predictions predictAtOnce(Tensor pictures) {
        long[] shape = pictures.shape();
        Tensor seen = shape[2] == side && shape[3] == side
                ? pictures
                : Resampling.bicubic(pictures, side, side).clamp(0, 1);
        Tensor features = body.apply(seen, false);
        return new Predictions(features.toArray(), head.apply(features, false).toArray(), classes);
    }

    @Override
    public void close() {
        body.close();
        head.close();
    }
}
