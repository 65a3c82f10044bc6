package io.gander.network;

import io.gander.architecture.TranslatorArchitecture;
import io.gander.layer.Pass;
import io.gander.layer.WeightSpec;
import io.gander.recipe.Precision;
import io.gander.tensor.Draws;
import io.gander.tensor.LowCopy;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Profile;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A network with weights on the engine. Owns them until closed. */
public final class Model implements AutoCloseable {
    private final Network network;
    private final List<WeightSpec> specs;
    private final List<Tensor> weights;
    private final boolean channelsLast;
    private final Precision precision;
    /** In bfloat16. */
    private final Map<Tensor, LowCopy> copies = new HashMap<>();
    /** In a profile. */
    private final String passage;

    private Model(Network network, List<Tensor> weights, boolean channelsLast, Precision precision) {
        this.network = network;
        this.specs = network.weights();
        this.weights = List.copyOf(weights);
        this.channelsLast = channelsLast;
        this.precision = precision;
        if (precision == Precision.BFLOAT16) {
            weights.forEach(weight -> copies.put(weight, new LowCopy(weight)));
        }
        this.passage = network.name() + ", forward";
    }

    /** Fresh weights that compute in float32. */
    public static Model create(Network network, long seed) {
        return create(network, seed, Precision.FLOAT32);
    }

    /**
     * Fresh weights; the same seed gives the same ones: weight i is drawn at (seed, i). They require gradients.
     *
     * @param precision of the products; not auto
     */
    public static Model create(Network network, long seed, Precision precision) {
        if (precision == Precision.AUTO) {
            throw new IllegalArgumentException("auto is to be resolved first");
        }
        boolean channelsLast = MemoryFormat.channelsLast(network);
        List<Tensor> weights = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            List<WeightSpec> specs = network.weights();
            for (int i = 0; i < specs.size(); i++) {
                Tensor fresh = network.initializer().make(specs.get(i), Draws.of(seed, i));
                weights.add(
                        MemoryFormat.place(fresh, specs.get(i), channelsLast).keep());
            }
        }
        Model model = new Model(network, weights, channelsLast, precision);
        model.requiresGrad(true);
        return model;
    }

    /** A copy with the same weights that requires no gradients: for moving averages. */
    public Model frozenCopy() {
        List<Tensor> copied = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            weights.forEach(weight -> copied.add(weight.copy().keep()));
        }
        return new Model(network, copied, channelsLast, precision);
    }

    public Network network() {
        return network;
    }

    /**
     * The batch's way through the network. A network of convolutions takes pictures of other sizes than the one that it was
     * made for, as far as its layers fit: see {@link TranslatorArchitecture#multiple}.
     *
     * @param training whether normalisation uses the batch's statistics (and moves the running ones), and dropout drops
     * @param draws what layers draw from, such as dropout
     */
    public Tensor apply(Tensor batch, boolean training, Draws draws) {
        return apply(batch, pass(weights, training, Double.NaN, draws));
    }

    /**
     * The batch's way through a network that draws nothing.
     *
     * @throws IllegalStateException if it does
     */
    public Tensor apply(Tensor batch, boolean training) {
        return apply(batch, pass(weights, training, Double.NaN, null));
    }

    /**
     * The batch's way through the network with other values in the place of its parameters; running statistics are its own.
     *
     * @param parameters in the order of {@link #parameters()}
     */
    public Tensor apply(Tensor batch, boolean training, Draws draws, List<Tensor> parameters) {
        Iterator<Tensor> next = parameters.iterator();
        List<Tensor> all = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            all.add(specs.get(i).trainable() ? next.next() : weights.get(i));
        }
        return apply(batch, pass(all, training, Double.NaN, draws));
    }

    private Tensor apply(Tensor batch, Pass pass) {
        try (Profile.Section section = Profile.section(passage)) {
            Tensor result = network.layer().apply(placed(batch), pass).float32();
            if (Profile.on()) {
                Profile.count(batch.shape()[0] * flops(batch, result));
            }
            return result;
        }
    }

    private Pass pass(List<Tensor> values, boolean training, double momentum, @Nullable Draws draws) {
        return new Pass(values, training, momentum, draws, this::kernel);
    }

    /** A weight, or another in its place, as products want it. */
    private Tensor kernel(Tensor weight) {
        if (precision == Precision.FLOAT32) {
            return weight;
        }
        LowCopy copy = copies.get(weight);
        return copy == null ? weight.bfloat16() : copy.get();
    }

    /** Operations of one example, forward and, if a graph was recorded, in the one pass backward that it is recorded for. */
    private double flops(Tensor batch, Tensor result) {
        double forward = network.flops();
        if (!result.requiresGrad()) {
            return forward;
        }
        if (parameters().stream().noneMatch(Tensor::requiresGrad)) {
            return 2 * forward; // only to the input
        }
        return 3 * forward - (batch.requiresGrad() ? 0 : network.firstFlops());
    }

    private Tensor placed(Tensor batch) {
        return MemoryFormat.place(batch, network.input(), channelsLast);
    }

    /** The weights that the optimiser moves, in the network's order. */
    public List<Tensor> parameters() {
        List<Tensor> parameters = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i).trainable()) {
                parameters.add(weights.get(i));
            }
        }
        return parameters;
    }

    /** All weights by name, in the network's order. */
    public Map<String, Tensor> weights() {
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            named.put(specs.get(i).name(), weights.get(i));
        }
        return named;
    }

    /** Turns gradients to the parameters on or off; off saves the work of computing them. */
    public void requiresGrad(boolean requires) {
        parameters().forEach(parameter -> parameter.requiresGrad(requires));
    }

    /**
     * Moves every parameter by {@code amount} of the way towards the source's: an exponential moving average is
     * {@code follow(live, 1 − decay)} after each step. Running statistics stay: see {@link #measureStatistics}.
     */
    public void follow(Model source, double amount) {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            List<Tensor> mine = parameters();
            List<Tensor> theirs = source.parameters();
            for (int i = 0; i < mine.size(); i++) {
                mine.get(i).lerp(theirs.get(i), amount);
            }
        }
    }

    /**
     * Sets the running statistics to the mean of those of the given batches. Averaged weights need it: their activations
     * vary less than those of any of the models they are the average of (Izmailov et al., 2018, section 3.2).
     *
     * @param batch makes input number i
     * @param draws what layers draw from
     */
    public void measureStatistics(int batches, IntFunction<Tensor> batch, Draws draws) {
        if (specs.stream().allMatch(WeightSpec::trainable)) {
            return;
        }
        for (int i = 0; i < batches; i++) {
            try (Scope scope = Scope.open();
                    NoGrad off = NoGrad.open()) {
                network.layer().apply(placed(batch.apply(i)), pass(weights, true, 1.0 / (i + 1), draws.at(i)));
            }
        }
    }

    /**
     * Overwrites the weights; all of them or, on an error, none.
     *
     * @param values by name, in NCHW order
     * @throws io.gander.error.UserError if one is missing or has another size
     */
    public void load(Map<String, float[]> values) {
        List<float[]> arranged = network.arrange(values);
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            for (int i = 0; i < specs.size(); i++) {
                weights.get(i).set(Tensor.of(arranged.get(i), specs.get(i).engineSizes()));
            }
        }
    }

    @Override
    public void close() {
        copies.values().forEach(LowCopy::close);
        weights.forEach(Tensor::close);
    }
}
