package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Affine;
import io.gander.layer.Conv;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.MinibatchDeviation;
import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Reshape;
import io.gander.layer.Shape;
import io.gander.layer.SpectralNorm;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * DCGAN (Radford et al., 2016) as PyTorch's example writes it: kernels of 4 that double or halve the side, batch norm but
 * on the generator's last layer and the discriminator's first and last, no biases. Examples have equal sides, along as many axes
 * as they come with. Those of side 4·2ⁿ (8, 16, 32, 64, 128, …) grow from 4 by doubling; those of side 7·2ⁿ (14, 28, 56, …)
 * grow from 4 to 7 by a kernel of 3 first. Pictures of side 64, width 64, 3 channels: 3,576,704 and 2,765,568 parameters.
 */
public final class Dcgan {
    /** The side of the first feature map. */
    private static final int START = 4;

    private Dcgan() {}

    /** The kernels that lead from 4 to the side, each with stride 2 and padding 1: 4 doubles, 3 makes 7 of 4. */
    private static List<Integer> kernels(Shape example, String player) {
        int side = example.side();
        List<Integer> kernels = new ArrayList<>();
        int reached = START;
        if (side % 7 == 0) {
            kernels.add(3);
            reached = 7;
        }
        while (reached < side) {
            kernels.add(4);
            reached *= 2;
        }
        if (reached != side || !kernels.contains(4)) {
            throw new UserError(
                    player + " dcgan cannot make examples of " + example.area()
                            + ": all sides must be 4 or 7 doubled at least once, and equal; set data.size to 28, 32, 64 or 128.");
        }
        return kernels;
    }

    /**
     * Latent → a side of 4, then growing to the example's while the channels halve.
     *
     * @param width channels of the last hidden layer
     */
    record Generator(Latent latent, int width, Output output) implements GeneratorArchitecture {
        static Generator read(Section section) {
            return new Generator(
                    Latent.read(section, Latent.Distribution.NORMAL),
                    section.integer("width", 64, 1, 4096),
                    section.choice("output", Output.class, Output.TANH));
        }

        @Override
        public Network network(Shape example, int inputs) {
            List<Integer> kernels = kernels(example, "generator");
            int n = kernels.size();
            List<Layer> layers = new ArrayList<>();
            layers.add(new Reshape(example.with(inputs).along(side -> 1)));
            layers.add(convTranspose(width << (n - 1), START, 1, 0));
            for (int i = 0; i < n; i++) {
                int filters = i == n - 1 ? example.channels() : width << (n - 2 - i);
                layers.add(batchNorm());
                layers.add(relu());
                layers.add(convTranspose(filters, kernels.get(i), 2, 1));
            }
            layers.add(output.activation());
            return new Network("generator dcgan", Shape.of(inputs), sequential(layers), Initializer.DCGAN);
        }
    }

    /**
     * The mirror image: shrinking to a side of 4 while the channels double, then one logit.
     *
     * @param width channels of the first hidden layer
     * @param norm behind every convolution but the first and the last
     * @param spectral whether every kernel has a spectral norm
     * @param deviation whether the last layer sees how much the examples of a batch differ
     */
    record Discriminator(int width, Norm norm, boolean spectral, boolean deviation)
            implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(
                    section.integer("width", 64, 1, 4096),
                    section.choice("norm", Norm.class, Norm.BATCH),
                    section.flag("spectral-norm", false),
                    section.flag("minibatch-deviation", false));
        }

        @Override
        public Network network(Shape example, int logits) {
            List<Integer> kernels = kernels(example, "discriminator");
            int n = kernels.size();
            List<Layer> layers = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                layers.add(kernel(new Conv(width << i, kernels.get(n - 1 - i), 2, 1, i > 0 && norm.bias())));
                if (i > 0) {
                    layers.addAll(norm.layers(width << i));
                }
                layers.add(leakyRelu());
            }
            if (deviation) {
                layers.add(new MinibatchDeviation());
            }
            layers.add(kernel(conv(logits, START, 1, 0)));
            layers.add(flatten());
            return new Network("discriminator dcgan", example, sequential(layers), Initializer.DCGAN);
        }

        private Layer kernel(Affine layer) {
            return spectral ? new SpectralNorm(layer) : layer;
        }
    }
}
