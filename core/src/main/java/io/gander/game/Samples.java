package io.gander.game;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.data.Pictures;
import io.gander.layer.Output;
import io.gander.metric.SampleMeasures;
import io.gander.network.Model;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a game from noise shows of itself: samples of its average, and what is known of how good they are. */
final class Samples implements AutoCloseable {
    /** Sets the fixed latents of the sample grids apart from those of the rounds. */
    private static final long SAMPLES = -1;
    /** And those of what is measured. */
    private static final long MEASURED = -3;
    /** What the network draws, beside the latents. */
    private static final long NETWORK = 0;

    private static final int POINTS = 1000;
    private static final int VARIED = 256;

    private final Ema ema;
    private final Model discriminator;
    private final Batches batches;
    private final Output output;
    private final int packing;
    private final long seed;
    private final @Nullable SampleMeasures measures;
    private final @Nullable PlanePicture plane;
    private double realDeviation = Double.NaN;

    /**
     * @param packing pictures that the discriminator judges together
     * @param measures closed with this
     */
    Samples(
            Ema ema,
            Model discriminator,
            Batches batches,
            Output output,
            int packing,
            long seed,
            @Nullable SampleMeasures measures) {
        this.ema = ema;
        this.discriminator = discriminator;
        this.batches = batches;
        this.output = output;
        this.packing = packing;
        this.seed = seed;
        this.measures = measures;
        Dataset data = batches.dataset();
        this.plane = data.points() ? new PlanePicture(data) : null;
    }

    /** Pictures, always of the same latents; of points one picture of many. */
    Pictures pictures(int count) {
        Model model = ema.settled();
        try (Scope scope = Scope.open()) {
            Tensor made;
            try (NoGrad off = NoGrad.open()) {
                made = made(model, plane != null ? POINTS : count, Draws.of(seed, SAMPLES));
            }
            return plane != null ? plane.draw(made, this::logits) : SampleRows.of(output, count, made, made);
        }
    }

    /** What the discriminator makes of points, where several are judged together of each alone. */
    private Tensor logits(Tensor points) {
        Tensor[] together = new Tensor[packing];
        Arrays.fill(together, points);
        Tensor seen = packing == 1 ? points : Tensor.concat(1, together);
        return discriminator.apply(seen, false).narrow(1, 0, 1);
    }

    /**
     * What is known of how good the samples are, by name: what the data's measures say, the share of kinds that are {@code covered}
     * where these are known, and {@code diversity}: how much samples differ, number by number, as a share of how much real ones do;
     * in a game with labels, samples of the same class.
     */
    Map<String, Double> measures() {
        Model model = ema.settled();
        Draws draws = Draws.of(seed, MEASURED);
        AtomicLong batch = new AtomicLong();
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Map<String, Double> values = new LinkedHashMap<>();
            double made = deviation(samples(model, each() * groups(), draws.at(batch.getAndIncrement())));
            if (real() > 0) {
                values.put("diversity", made / real());
            }
            if (measures != null) {
                values.putAll(measures.of(
                        measures.glance(), count -> samples(model, count, draws.at(batch.getAndIncrement()))));
                Double found = values.getOrDefault("modes", values.get("classes"));
                if (measures.kinds() > 0 && found != null) {
                    values.put("covered", found / measures.kinds());
                }
            }
            return values;
        }
    }

    private Tensor samples(Model model, int count, Draws draws) {
        Tensor made = made(model, count, draws);
        return plane != null ? made : output.unit(made);
    }

    private Tensor made(Model model, int count, Draws draws) {
        return model.apply(batches.samples(count, draws), false, draws.at(NETWORK));
    }

    /** How many kinds of example are compared apart: samples come one class after the other. */
    private int groups() {
        return Math.max(1, batches.classes());
    }

    private int each() {
        return Math.max(2, VARIED / groups());
    }

    /** 0 if real examples do not differ, or a class has not two of them. */
    private double real() {
        if (Double.isNaN(realDeviation)) {
            Dataset data = batches.dataset();
            int count = Math.min(VARIED, data.count());
            Tensor some = groups() > 1 ? Examples.byClass(data, each()) : Examples.spread(data, 0, count, count);
            realDeviation = some.shape()[0] > groups() ? deviation(some) : 0;
        }
        return realDeviation;
    }

    /** The root of the mean variance of a number over the examples of a group. */
    private double deviation(Tensor examples) {
        long[] shape = examples.shape();
        Tensor groups = examples.reshape(shape[0] / groups(), groups() * shape[1], shape[2], shape[3]);
        return groups.sub(groups.mean(0)).square().mean().sqrt().item();
    }

    @Override
    public void close() {
        if (measures != null) {
            measures.close();
        }
    }
}
