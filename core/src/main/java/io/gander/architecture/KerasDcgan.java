package io.gander.architecture;

import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.kerasBatchNorm;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Output;
import io.gander.layer.Reshape;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.List;

/**
 * The DCGAN of chapter 4 of "Advanced Deep Learning with Keras" (Atienza, 2018): 5×5 kernels with biases, batch norm and
 * ReLU before each of the generator's transposed convolutions, none in the discriminator. On 28×28 grey pictures at
 * width 32: 1,301,505 and 1,080,577 values, running statistics included. Keras pads "same" by 1 and 2 where this pads by
 * 2 and 1: the mirrored, otherwise equal arrangement.
 */
public final class KerasDcgan {
    private KerasDcgan() {}

    /** The generator's first map: so many channels, a quarter of every axis. */
    private static Shape quarter(Shape example, int channels) {
        if (example.axes().isEmpty() || !example.axes().stream().allMatch(side -> side % 4 == 0)) {
            throw new UserError("generator dcgan-keras cannot make examples of " + example.area()
                    + ": every side must be a multiple of 4; set data.size to 28, 32, 64 or 128.");
        }
        return example.with(channels).along(side -> side / 4);
    }

    private static ConvTranspose up(int filters, int stride) {
        return new ConvTranspose(filters, 5, stride, 2, stride - 1, true);
    }

    private static Conv down(int filters, int stride) {
        return new Conv(filters, 5, stride, 2, true);
    }

    /**
     * Dense to a quarter of the side, then transposed convolutions of 4·width (stride 2), 2·width (stride 2), width and
     * the example's channels.
     */
    record Generator(Latent latent, int width, Output output) implements GeneratorArchitecture {
        static Generator read(Section section) {
            return new Generator(
                    Latent.read(section, Latent.Distribution.UNIFORM),
                    section.integer("width", 32, 1, 4096),
                    section.choice("output", Output.class, Output.SIGMOID));
        }

        @Override
        public Network network(Shape example, int inputs) {
            Shape start = quarter(example, 4 * width);
            Layer layer = sequential(
                    dense(Math.toIntExact(start.count())),
                    new Reshape(start),
                    kerasBatchNorm(),
                    relu(),
                    up(4 * width, 2),
                    kerasBatchNorm(),
                    relu(),
                    up(2 * width, 2),
                    kerasBatchNorm(),
                    relu(),
                    up(width, 1),
                    kerasBatchNorm(),
                    relu(),
                    up(example.channels(), 1),
                    output.activation());
            return new Network("generator dcgan-keras", Shape.of(inputs), layer, Initializer.GLOROT_UNIFORM);
        }
    }

    /** Leaky ReLU before each convolution, the first included: width, 2·, 4· (stride 2), 8· (stride 1), then dense 1. */
    record Discriminator(int width) implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(section.integer("width", 32, 1, 4096));
        }

        @Override
        public Network network(Shape example, int logits) {
            List<Layer> layers = List.of(
                    leakyRelu(),
                    down(width, 2),
                    leakyRelu(),
                    down(2 * width, 2),
                    leakyRelu(),
                    down(4 * width, 2),
                    leakyRelu(),
                    down(8 * width, 1),
                    flatten(),
                    dense(logits));
            return new Network("discriminator dcgan-keras", example, sequential(layers), Initializer.GLOROT_UNIFORM);
        }
    }
}
