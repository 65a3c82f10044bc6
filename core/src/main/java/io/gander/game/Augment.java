package io.gander.game;

import io.gander.layer.Output;
import io.gander.modality.Transforms;
import io.gander.objective.Objective;
import io.gander.tensor.Draws;
import io.gander.tensor.NoGrad;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.Map;

/**
 * Changes of what the discriminator sees, real and generated alike, so that it cannot learn few pictures by heart; gradients flow
 * through them (Zhao et al., 2020). The probability may be steered by how sure the discriminator is of real pictures (Karras et al.,
 * 2020, ADA).
 */
final class Augment implements AutoCloseable {
    /** The largest shift, as a share of the side; and the side of what is cut out. */
    private static final double SHIFT = 0.125;

    private static final double CUT = 0.5;

    private final AugmentRecipe recipe;
    private final double middle;
    private final double half;
    /** [1]; part of the game's state. */
    private final Tensor probability;

    /** @param range in which pictures are held */
    Augment(AugmentRecipe recipe, Output range) {
        this.recipe = recipe;
        this.middle = (range.low() + range.high()) / 2;
        this.half = (range.high() - range.low()) / 2;
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            this.probability = Tensor.full(recipe.probability(), 1).keep();
        }
    }

    /** Adds what must be saved: the probability, if it is steered. */
    void addTo(GameState state) {
        if (recipe.target() > 0) {
            state.add("augmentation", "augment.", Map.of("probability", probability));
        }
    }

    void addTo(RoundMetrics metrics) {
        if (recipe.target() > 0) {
            metrics.metric("augment", probability::item);
        }
    }

    /** Changed pictures: [n, c, h, w]. Each kind of change has a place of its own in the draws. */
    Tensor apply(Tensor pictures, Draws draws) {
        double p = recipe.any() ? probability.item() : 0;
        if (p == 0) {
            return pictures;
        }
        Tensor x = pictures.add(-middle).mul(1 / half); // −1…1
        for (AugmentRecipe.Kind kind : recipe.kinds()) {
            x = switch (kind) {
                case FLIP -> flip(x, p / 2, draws.at(0)); // half of all pictures, where p is 1
                case TRANSLATION -> translate(x, p, draws.at(1));
                case CUTOUT -> cut(x, p, draws.at(2));
                case COLOUR -> colour(x, p, draws.at(3));
            };
        }
        return x.mul(half).add(middle);
    }

    /**
     * Moves the probability towards where the discriminator is as sure of real pictures as the target says: r = E sign(D(x)) (Karras
     * et al., 2020, equation 1). Of losses that only differences enter, D(x) is taken against the generated pictures.
     *
     * @param batch real pictures a step
     */
    void steer(Objective objective, Objective.DiscriminatorLoss scored, int batch) {
        if (recipe.target() == 0) {
            return;
        }
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            float[] scores = objective
                    .score(scored.real().detach(), scored.fake().detach())
                    .toArray();
            double sure = 0;
            for (float score : scores) {
                sure += Math.signum(score - 0.5);
            }
            double step = batch / (1000.0 * recipe.speed());
            double moved = probability.item() + Math.signum(sure / scores.length - recipe.target()) * step;
            probability.fill(Math.max(0, Math.min(1, moved)));
        }
    }

    private Tensor flip(Tensor x, double p, Draws draws) {
        return Transforms.flip(x, 3, chosen(x, p, draws));
    }

    /** By whole pixels; grey comes in at the border. A shift is a matrix on each side. */
    private Tensor translate(Tensor x, double p, Draws draws) {
        float[] which = shares(x, draws.at(0));
        return x.resample(shifts(x, 2, which, p, draws.at(1)), shifts(x, 3, which, p, draws.at(2)));
    }

    /** [n, 1, side, side]: row i of the result is row i + shift of what it is applied to. */
    private static Tensor shifts(Tensor x, int dimension, float[] which, double p, Draws draws) {
        int n = which.length;
        int side = (int) x.shape()[dimension];
        int most = Math.max(1, (int) Math.round(SHIFT * side));
        float[] where = shares(x, draws);
        float[] matrices = new float[n * side * side];
        for (int i = 0; i < n; i++) {
            int shift = which[i] < p ? (int) Math.floor(where[i] * (2 * most + 1)) - most : 0;
            for (int row = Math.max(0, -shift); row < Math.min(side, side - shift); row++) {
                matrices[(i * side + row) * side + row + shift] = 1;
            }
        }
        return Tensor.of(matrices, n, 1, side, side);
    }

    private Tensor cut(Tensor x, double p, Draws draws) {
        int n = (int) x.shape()[0];
        int height = (int) x.shape()[2];
        int width = (int) x.shape()[3];
        float[] which = shares(x, draws.at(0));
        float[] down = shares(x, draws.at(1));
        float[] across = shares(x, draws.at(2));
        float[] mask = new float[n * height * width];
        for (int i = 0; i < n; i++) {
            double y = down[i] * height - CUT / 2 * height; // the square may reach beyond the border
            double left = across[i] * width - CUT / 2 * width;
            for (int at = 0; at < height * width; at++) {
                int row = at / width;
                int column = at % width;
                boolean inside = row >= y && row < y + CUT * height && column >= left && column < left + CUT * width;
                mask[i * height * width + at] = which[i] < p && inside ? 0 : 1;
            }
        }
        return x.mul(Tensor.of(mask, n, 1, height, width));
    }

    /** Brightness by ±½, saturation by 0 to 2, contrast by ½ to 1½, as in DiffAugment. */
    private Tensor colour(Tensor x, double p, Draws draws) {
        Tensor choice = chosen(x, p, draws.at(0));
        Tensor bright = x.add(numbers(x, draws.at(1)).add(-0.5));
        Tensor grey = bright.mean(1);
        Tensor saturated = bright.sub(grey).mul(numbers(x, draws.at(2)).mul(2)).add(grey);
        Tensor level = saturated.mean(1, 2, 3);
        Tensor contrasted =
                saturated.sub(level).mul(numbers(x, draws.at(3)).add(0.5)).add(level);
        return Tensor.where(choice, contrasted, x);
    }

    /** [n, 1, 1, 1] of 0 and 1. */
    private static Tensor chosen(Tensor x, double p, Draws draws) {
        float[] chosen = shares(x, draws);
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = chosen[i] < p ? 1 : 0;
        }
        return Transforms.each(chosen, x.shape().length);
    }

    /** A number in [0, 1) for each picture: [n, 1, 1, 1]. */
    private static Tensor numbers(Tensor x, Draws draws) {
        return draws.uniform(0, 1, x.shape()[0], 1, 1, 1);
    }

    private static float[] shares(Tensor x, Draws draws) {
        return numbers(x, draws).toArray();
    }

    @Override
    public void close() {
        probability.close();
    }
}
