package io.gander.objective;

import io.gander.error.UserError;
import io.gander.layer.Output;
import io.gander.network.FeatureNetwork;
import io.gander.recipe.Section;
import io.gander.tensor.Profile;
import io.gander.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How far an output is from its target: pixel by pixel and, where a feature network is given, in what that sees (Johnson et
 * al., 2016; Ledig et al., 2017). Owns the network until closed.
 */
public final class Content implements AutoCloseable {
    /** How pictures are compared pixel by pixel. */
    public enum Pixel {
        /** The mean absolute difference. */
        L1,
        /** The mean squared difference. */
        L2
    }

    /**
     * The options, keys of the recipe's section {@code objective}.
     *
     * @param pixel how outputs and targets are compared, pixel by pixel
     * @param weight of that
     * @param perceptual weight of the distance between features, relative to the target's own
     * @param features {@code vgg19}, or the path of a safetensors file; empty for none
     * @param layer whose features are compared
     */
    public record Options(Pixel pixel, double weight, double perceptual, String features, String layer) {
        /** The keys of the content loss, from the section {@code objective}. */
        public static Options read(Section section) {
            Options options = new Options(
                    section.choice("pixel", Pixel.class, Pixel.L1),
                    section.real("pixel-weight", 100.0, 0, 1e6),
                    section.real("perceptual", 0.0, 0, 1e6),
                    section.text("features", ""),
                    section.text("feature-layer", "conv5_4"));
            if (options.perceptual > 0 && options.features.isEmpty()) {
                throw new UserError(section.where("perceptual")
                        + " wants objective.features: vgg19, or the path of a safetensors file.");
            }
            return options;
        }
    }

    private final Options options;
    private final @Nullable FeatureNetwork features;
    private final Output range;

    /** @param range in which pictures are held */
    public Content(Options options, @Nullable FeatureNetwork features, Output range) {
        this.options = options;
        this.features = features;
        this.range = range;
    }

    /** The mean difference of the pixels, unweighted: a single number. */
    public Tensor pixels(Tensor output, Tensor target) {
        Tensor difference = output.sub(target);
        return switch (options.pixel()) {
            case L1 -> difference.abs().mean();
            case L2 -> difference.square().mean();
        };
    }

    /** The weighted sum of all distances: a single number. */
    public Tensor loss(Tensor output, Tensor target) {
        Tensor loss = pixels(output, target).mul(options.weight());
        if (features == null) {
            return loss;
        }
        FeatureNetwork.Difference how =
                switch (options.pixel()) {
                    case L1 -> FeatureNetwork.Difference.ABSOLUTE;
                    case L2 -> FeatureNetwork.Difference.SQUARED;
                };
        try (Profile.Section section = Profile.section("features")) {
            Tensor seen = features.contentLoss(unit(output), unit(target), options.layer(), how);
            return loss.add(seen.mul(options.perceptual()));
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
