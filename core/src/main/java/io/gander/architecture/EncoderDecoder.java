package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The context encoder (Pathak et al., 2016): 4×4 convolutions halve the sides to 4×4, one more makes a vector of them, and
 * transposed ones lead back. At side 128 and width 64 the channels are 64, 64, 128, 256, 512, the bottleneck, 512, 256, 128,
 * 64, 64 and the picture's; side 64 leaves the first of them and the last but one out, side 256 repeats them, and so on.
 * Batch norm is behind every convolution but the first and the last, which have biases instead; leaky ReLU follows on the
 * way down and ReLU on the way up. No picture reaches the output but through the bottleneck. One value for each channel is
 * left there, so that batch norm needs batches of at least 2 in training. At side 128, width 64, a bottleneck of 512, 3
 * channels in and out: 14,035,907 parameters.
 *
 * @param width channels of the outermost level
 * @param bottleneck numbers that a picture becomes; 4000 in the paper
 */
record EncoderDecoder(int width, int bottleneck, Output output) implements TranslatorArchitecture {
    /** The side of the last feature map before the bottleneck. */
    private static final int LAST = 4;

    /** Channels grow up to so many times the width: three doublings. */
    private static final int DOUBLINGS = 3;

    static EncoderDecoder read(Section section) {
        return new EncoderDecoder(
                section.integer("width", 64, 1, 4096),
                section.integer("bottleneck", 512, 1, 65_536),
                section.choice("output", Output.class, Output.TANH));
    }

    @Override
    public Network network(Shape input, int channels) {
        int halvings = halvings(input);
        List<Layer> layers = new ArrayList<>();
        for (int level = 1; level <= halvings; level++) {
            boolean first = level == 1;
            layers.add(new Conv(filters(level, halvings), 4, 2, 1, first));
            if (!first) {
                layers.add(batchNorm());
            }
            layers.add(leakyRelu());
        }
        layers.add(new Conv(bottleneck, LAST, 1, 0, false));
        layers.add(batchNorm());
        layers.add(leakyRelu());
        layers.add(new ConvTranspose(filters(halvings, halvings), LAST, 1, 0, 0, false));
        for (int level = halvings - 1; level >= 0; level--) {
            layers.add(batchNorm());
            layers.add(relu());
            boolean last = level == 0;
            layers.add(new ConvTranspose(last ? channels : filters(level, halvings), 4, 2, 1, 0, last));
        }
        layers.add(output.activation());
        return new Network("generator encoder-decoder", input, sequential(layers), Initializer.DCGAN);
    }

    @Override
    public int multiple(Shape input) {
        return 0;
    }

    private static int halvings(Shape input) {
        int side = input.side();
        int halvings = Integer.numberOfTrailingZeros(side) - Integer.numberOfTrailingZeros(LAST);
        if (side == 0 || halvings < 1 || side != LAST << halvings) {
            throw new UserError(
                    "generator encoder-decoder cannot take pictures of " + input.area()
                            + ": they must be square, with a side of 4 doubled at least once; set data.size to 64, 128 or 256.");
        }
        return halvings;
    }

    private int filters(int level, int halvings) {
        return width << Math.max(0, DOUBLINGS - (halvings - level));
    }
}
