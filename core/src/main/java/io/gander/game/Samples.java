package io.gander.game;

import io.gander.data.Dataset;
import io.gander.data.Examples;
import io.gander.metric.SampleMeasures;
import io.gander.modality.Codec;
import io.gander.network.Model;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
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

    private static final int REAL = 1500;
    private static final int VARIED = 256;

    private final Ema ema;
    private final Model discriminator;
    private final Batches batches;
    private final Codec codec;
    private final int packing;
    private final long seed;
    private final @Nullable SampleMeasures measures;
    private double realDeviation = Double.NaN;

    /**
     * @param packing examples that the discriminator judges together
     * @param measures closed with this
     */
    Samples(
            Ema ema,
            Model discriminator,
            Batches batches,
            Codec codec,
            int packing,
            long seed,
            @Nullable SampleMeasures measures) {
        this.ema = ema;
        this.discriminator = discriminator;
        this.batches = batches;
        this.codec = codec;
        this.packing = packing;
        this.seed = seed;
        this.measures = measures;
    }

    /** Samples in one picture, always of the same latents. */
    BufferedImage preview(int count) {
        Model model = ema.settled();
        try (Scope scope = Scope.open()) {
            Tensor made;
            try (NoGrad off = NoGrad.open()) {
                made = made(model, codec.previewed(count), Draws.of(seed, SAMPLES));
            }
            return codec.preview(made, this::someReal, this::logits);
        }
    }

    /** From the whole set. */
    private Tensor someReal() {
        Dataset data = batches.dataset();
        int count = Math.min(REAL, data.count());
        return Examples.drawn(data, 0, count);
    }

    /** What the discriminator makes of examples, where several are judged together of each alone. */
    private Tensor logits(Tensor examples) {
        Tensor[] together = new Tensor[packing];
        Arrays.fill(together, examples);
        Tensor seen = packing == 1 ? examples : Tensor.concat(1, together);
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
        return codec.natural(made(model, count, draws));
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
            Tensor some = groups() > 1 ? Examples.byClass(data, each()) : Examples.drawn(data, 0, count);
            realDeviation = some.shape()[0] > groups() ? deviation(some) : 0;
        }
        return realDeviation;
    }

    /** The root of the mean variance of a number over the examples of a group. */
    private double deviation(Tensor examples) {
        long[] shape = examples.shape();
        shape[0] /= groups();
        shape[1] *= groups();
        Tensor groups = examples.reshape(shape);
        return groups.sub(groups.mean(0)).square().mean().sqrt().item();
    }

    @Override
    public void close() {
        if (measures != null) {
            measures.close();
        }
    }
}
