package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * SRGAN's discriminator (Ledig et al., 2017): 3×3 convolutions of width, 2·, 4· and 8·width channels, each once with stride
 * 1 and once with stride 2, then dense layers of 16·width units and of one logit. Batch norm is behind every convolution but
 * the first; those before one have no biases. It judges pictures of one size only. At 96×96, width 64, 3 channels:
 * 23,563,649 parameters, four fifths of them in the dense layers, which grow with the picture.
 *
 * @param width channels of the first layer
 */
record SrganDiscriminator(int width) implements DiscriminatorArchitecture {
    private static final int LEVELS = 4;

    /** Less would be padding for the most part. */
    private static final int LEAST = 16;

    static SrganDiscriminator read(Section section) {
        return new SrganDiscriminator(section.integer("width", 64, 1, 4096));
    }

    @Override
    public Network network(Shape image, int logits) {
        if (image.least() < LEAST) {
            throw new UserError("discriminator srgan cannot judge pictures of " + image.area()
                    + ": their sides must be at least " + LEAST + "; set data.size to 32, 64, 96 or 128.");
        }
        List<Layer> layers = new ArrayList<>();
        for (int level = 0; level < LEVELS; level++) {
            for (int stride = 1; stride <= 2; stride++) {
                boolean first = layers.isEmpty();
                layers.add(new Conv(width << level, 3, stride, 1, first));
                if (!first) {
                    layers.add(batchNorm());
                }
                layers.add(leakyRelu());
            }
        }
        layers.add(flatten());
        layers.add(dense(width << LEVELS));
        layers.add(leakyRelu());
        layers.add(dense(logits));
        return new Network("discriminator srgan", image, sequential(layers), Initializer.KAIMING);
    }
}
