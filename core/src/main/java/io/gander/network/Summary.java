package io.gander.network;

import io.gander.layer.Composite;
import io.gander.layer.Layer;
import io.gander.layer.Sequential;
import io.gander.layer.Shape;
import io.gander.layer.WeightSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A network, layer by layer, for people and for JSON.
 *
 * @param parameters values that the optimiser moves
 * @param statistics running statistics, which Keras counts as parameters and PyTorch does not
 * @param flops operations of one example, forward; a multiply and an add are two
 */
public record Summary(
        String name, Shape input, Shape output, List<Row> rows, long parameters, long statistics, long flops) {
    /** One layer: its place in the tree, what it is, what comes out, what it holds and costs. */
    public record Row(String place, String layer, Shape output, long parameters, long statistics, long flops) {}

    public static Summary of(Network network) {
        List<Row> rows = new ArrayList<>();
        walk("", network.layer(), network.input(), (place, layer, input) -> rows.add(row(place, layer, input)));
        return new Summary(
                network.name(),
                network.input(),
                network.output(),
                List.copyOf(rows),
                network.parameters(),
                network.values() - network.parameters(),
                network.flops());
    }

    /** Sees a layer of a network. */
    interface Visitor {
        /** A place in the tree, the layer there, what comes in. */
        void visit(String place, Layer layer, Shape input);
    }

    /** Shows every layer that is no sequence, in the order of the work; a composite after those of its body. */
    static void walk(String place, Layer layer, Shape input, Visitor visitor) {
        if (layer instanceof Sequential sequential) {
            Shape shape = input;
            for (int i = 0; i < sequential.layers().size(); i++) {
                Layer inner = sequential.layers().get(i);
                walk(place.isEmpty() ? "" + i : place + "." + i, inner, shape, visitor);
                shape = inner.output(shape);
            }
            return;
        }
        if (layer instanceof Composite composite) {
            walk(place, composite.body(), input, visitor);
        }
        visitor.visit(place, layer, input);
    }

    private static Row row(String place, Layer layer, Shape input) {
        Shape output = layer.output(input);
        if (layer instanceof Composite composite) {
            return new Row(place, composite.label(), output, 0, 0, composite.ownFlops(input));
        }
        List<WeightSpec> weights = layer.weights(input);
        long trainable = weights.stream()
                .filter(WeightSpec::trainable)
                .mapToLong(WeightSpec::count)
                .sum();
        long all = weights.stream().mapToLong(WeightSpec::count).sum();
        return new Row(place, layer.toString(), output, trainable, all - trainable, layer.flops(input));
    }

    /** A table in plain text. */
    @Override
    public String toString() {
        int places = Math.max(
                6, rows.stream().mapToInt(row -> row.place.length()).max().orElse(0));
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%s: %s → %s%n", name, input, output));
        text.append(String.format(
                Locale.ROOT,
                "  %-" + places + "s %-34s %12s %12s %14s%n",
                "",
                "layer",
                "output",
                "parameters",
                "FLOPs"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-" + places + "s %-34s %12s %,12d %,14d%n",
                    row.place,
                    row.layer,
                    row.output,
                    row.parameters,
                    row.flops));
        }
        text.append(String.format(
                Locale.ROOT, "  %-" + (places + 35) + "s %12s %,12d %,14d%n", "total", "", parameters, flops));
        if (statistics > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "  and %,d running statistics of batch norm: %,d values in all%n",
                    statistics,
                    parameters + statistics));
        }
        return text.toString();
    }
}
