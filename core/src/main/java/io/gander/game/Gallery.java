package io.gander.game;

import io.gander.data.Dataset;
import io.gander.data.Pictures;
import io.gander.measure.SampleMeasures;
import io.gander.network.Model;
import io.gander.network.Output;
import io.gander.tensor.Engine;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a game from noise shows of itself: samples of its average, and what is known of how good they are. */
final class Gallery implements AutoCloseable {
    /** Sets the fixed latents of the sample grids apart from those of the rounds. */
    private static final long SAMPLES = -1;
    /** And those of what is measured. */
    private static final long MEASURED = -3;

    private static final int POINTS = 1000;

    private final Average average;
    private final Model discriminator;
    private final Dealer dealer;
    private final Output output;
    private final int packing;
    private final long seed;
    private final @Nullable SampleMeasures measures;
    private final @Nullable PlanePicture plane;

    /**
     * @param packing pictures that the discriminator judges together
     * @param measures closed with this
     */
    Gallery(
            Average average,
            Model discriminator,
            Dealer dealer,
            Output output,
            int packing,
            long seed,
            @Nullable SampleMeasures measures) {
        this.average = average;
        this.discriminator = discriminator;
        this.dealer = dealer;
        this.output = output;
        this.packing = packing;
        this.seed = seed;
        this.measures = measures;
        Dataset data = dealer.dataset();
        this.plane = data.points() ? new PlanePicture(data) : null;
    }

    /** Pictures, always of the same latents; of points one picture of many. */
    Pictures pictures(int count) {
        Model model = average.model(); // which may draw to settle: before the seed
        Engine.seed(Engine.mix(seed, SAMPLES));
        try (Scope scope = Scope.open()) {
            Tensor made;
            try (NoGrad off = NoGrad.open()) {
                made = model.apply(dealer.samples(plane != null ? POINTS : count), false);
            }
            return plane != null ? plane.draw(made, this::logits) : Strips.of(output, count, made, made);
        }
    }

    /** What the discriminator makes of points, where several are judged together of each alone. */
    private Tensor logits(Tensor points) {
        Tensor[] together = new Tensor[packing];
        Arrays.fill(together, points);
        Tensor seen = packing == 1 ? points : Tensor.concat(1, together);
        return discriminator.apply(seen, false).narrow(1, 0, 1);
    }

    /** By name; empty if nothing is known of such data. */
    Map<String, Double> measures() {
        if (measures == null) {
            return Map.of();
        }
        Model model = average.model();
        Engine.seed(Engine.mix(seed, MEASURED));
        try (NoGrad off = NoGrad.open()) {
            return measures.of(measures.glance(), count -> {
                Tensor made = model.apply(dealer.samples(count), false);
                return plane != null ? made : output.unit(made);
            });
        }
    }

    @Override
    public void close() {
        if (measures != null) {
            measures.close();
        }
    }
}
