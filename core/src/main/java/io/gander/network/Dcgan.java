package io.gander.network;

import static io.gander.network.Layers.batchNorm;
import static io.gander.network.Layers.conv;
import static io.gander.network.Layers.convTranspose;
import static io.gander.network.Layers.flatten;
import static io.gander.network.Layers.leakyRelu;
import static io.gander.network.Layers.relu;
import static io.gander.network.Layers.reshape;
import static io.gander.network.Layers.sequential;

import io.gander.error.UserError;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * DCGAN (Radford et al., 2016) as PyTorch's example writes it: 4×4 kernels that double or halve the side, batch norm but
 * on the generator's last layer and the discriminator's first and last, no biases. Pictures of side 4·2ⁿ (8, 16, 32, 64,
 * 128, …) start from 4×4, those of side 7·2ⁿ (14, 28, 56, …) from 7×7. At side 64, width 64, 3 channels: 3,576,704 and
 * 2,765,568 parameters.
 */
public final class Dcgan {
    private Dcgan() {}

    /** How often the side doubles between its start and the picture's. */
    private static int doublings(Shape image, String player) {
        int side = image.height();
        int doublings = Integer.numberOfTrailingZeros(side / start(side, player));
        if (doublings < 1) {
            throw impossible(side, player);
        }
        return doublings;
    }

    /** The side of the first feature map: 4 or 7. */
    private static int start(int side, String player) {
        for (int start : new int[] {4, 7}) {
            if (side % start == 0 && Integer.bitCount(side / start) == 1) {
                return start;
            }
        }
        throw impossible(side, player);
    }

    private static UserError impossible(int side, String player) {
        return new UserError(player + " dcgan cannot make pictures of " + side + "×" + side
                + ": the side must be 4 or 7 doubled at least once; set data.size to 28, 32, 64 or 128.");
    }

    /**
     * Latent → 4×4 (or 7×7), then doubling to the picture's side while the channels halve.
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
        public Network network(Shape image) {
            int n = doublings(image, "generator");
            int side = start(image.height(), "generator");
            List<Layer> layers = new ArrayList<>();
            layers.add(reshape(latent.size(), 1, 1));
            layers.add(convTranspose(width << (n - 1), side, 1, 0));
            for (int i = n - 2; i >= 0; i--) {
                layers.add(batchNorm());
                layers.add(relu());
                layers.add(convTranspose(width << i, 4, 2, 1));
            }
            layers.add(batchNorm());
            layers.add(relu());
            layers.add(convTranspose(image.channels(), 4, 2, 1));
            layers.add(output.activation());
            return new Network("generator dcgan", Shape.of(latent.size()), sequential(layers), Initializer.DCGAN);
        }
    }

    /**
     * The mirror image: halving to 4×4 (or 7×7) while the channels double, then one logit.
     *
     * @param width channels of the first hidden layer
     */
    record Discriminator(int width) implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(section.integer("width", 64, 1, 4096));
        }

        @Override
        public Network network(Shape image) {
            int n = doublings(image, "discriminator");
            int side = start(image.height(), "discriminator");
            List<Layer> layers = new ArrayList<>();
            layers.add(conv(width, 4, 2, 1));
            layers.add(leakyRelu());
            for (int i = 1; i < n; i++) {
                layers.add(conv(width << i, 4, 2, 1));
                layers.add(batchNorm());
                layers.add(leakyRelu());
            }
            layers.add(conv(1, side, 1, 0));
            layers.add(flatten());
            return new Network("discriminator dcgan", image, sequential(layers), Initializer.DCGAN);
        }
    }
}
