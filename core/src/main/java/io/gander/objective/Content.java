package io.gander.objective;


import io.gander.layer.Output;

import io.gander.network.FeatureNetwork;
import io.gander.recipe.ObjectiveRecipe;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How far an output is from its target: pixel by pixel and, where a feature network is given, in what that sees (Johnson et
 * al., 2016; Ledig et al., 2017). Owns the network until closed.
 */
public final class Content implements AutoCloseable {
    private final ObjectiveRecipe recipe;
    private final @Nullable FeatureNetwork features;
    private final Output range;

    /** @param range in which pictures are held */
    public Content(ObjectiveRecipe recipe, @Nullable FeatureNetwork features, Output range) {
        this.recipe = recipe;
        this.features = features;
        this.range = range;
    }

    /** The mean difference of the pixels, unweighted: a single number. */
    public Tensor pixels(Tensor output, Tensor target) {
        Tensor difference = output.sub(target);
        return switch (recipe.pixel()) {
            case L1 -> difference.abs().mean();
            case L2 -> difference.square().mean();
        };
    }

    /** The weighted sum of all distances: a single number. */
    public Tensor loss(Tensor output, Tensor target) {
        Tensor loss = pixels(output, target).mul(recipe.pixelWeight());
        if (features == null) {
            return loss;
        }
        FeatureNetwork.Difference how =
                switch (recipe.pixel()) {
                    case L1 -> FeatureNetwork.Difference.ABSOLUTE;
                    case L2 -> FeatureNetwork.Difference.SQUARED;
                };
        try (Profile.Section section = Profile.section("features")) {
            Tensor seen = features.contentLoss(unit(output), unit(target), recipe.featureLayer(), how);
            return loss.add(seen.mul(recipe.perceptual()));
        }
    }

    private Tensor unit(Tensor pictures) {
        return pictures.add(-range.low()).mul(1 / (range.high() - range.low()));
    }

    @Override
    public void close() {
        if (features != null) {
            features.close();
        }
    }
}
