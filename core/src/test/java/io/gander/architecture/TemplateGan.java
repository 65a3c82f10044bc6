package io.gander.architecture;

import static io.gander.layer.Layers.batchNorm;
import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.convTranspose;
import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.reshape;
import static io.gander.layer.Layers.sequential;

import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;

// template
/** A template: the smallest convolutional GAN, for pictures whose side is a multiple of 4. Say here what it is, and whose. */
final class TemplateGan {
    private TemplateGan() {}

    /**
     * Latent → dense → two doublings.
     *
     * @param width channels of the last hidden layer
     */
    record Generator(Latent latent, int width, Output output) implements GeneratorArchitecture {
        /** Each getter names a key, its default and its limits; what is not asked for here is an unknown key. */
        static Generator read(Section section) {
            return new Generator(
                    Latent.read(section, Latent.Distribution.NORMAL),
                    section.integer("width", 32, 1, 4096),
                    section.choice("output", Output.class, Output.TANH));
        }

        @Override
        public Network network(Shape image, int inputs) {
            int side = image.height() / 4;
            Layer layers = sequential(
                    dense(2 * width * side * side),
                    reshape(2 * width, side, side), // 2w × s/4 × s/4
                    batchNorm(),
                    relu(),
                    convTranspose(width, 4, 2, 1), // w × s/2 × s/2
                    batchNorm(),
                    relu(),
                    convTranspose(image.channels(), 4, 2, 1), // c × s × s
                    output.activation());
            return new Network("generator template", Shape.of(inputs), layers, Initializer.DCGAN);
        }
    }

    /** Two halvings → one logit. */
    record Discriminator(int width) implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(section.integer("width", 32, 1, 4096));
        }

        @Override
        public Network network(Shape image, int logits) {
            Layer layers = sequential(
                    conv(width, 4, 2, 1), // w × s/2 × s/2
                    leakyRelu(),
                    conv(2 * width, 4, 2, 1), // 2w × s/4 × s/4
                    batchNorm(),
                    leakyRelu(),
                    flatten(),
                    dense(logits));
            return new Network("discriminator template", image, layers, Initializer.DCGAN);
        }
    }
}
// end of template
