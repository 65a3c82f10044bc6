package io.gander.architecture;

import static io.gander.layer.Layers.dense;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.kerasBatchNorm;
import static io.gander.layer.Layers.sequential;

import io.gander.layer.Activation;
import io.gander.layer.Affine;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.MinibatchDeviation;
import io.gander.layer.Output;
import io.gander.layer.Reshape;
import io.gander.layer.Shape;
import io.gander.layer.SpectralNorm;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/** The dense GAN: fully connected layers on flattened examples, with Keras's defaults (Goodfellow et al., 2014, in small). */
public final class Mlp {
    private Mlp() {}

    /** The activations of a hidden layer. */
    enum Hidden {
        RELU(Activation.RELU),
        LEAKY_RELU(Activation.LEAKY_RELU);

        private final Activation layer;

        Hidden(Activation layer) {
            this.layer = layer;
        }
    }

    /**
     * Latent → [dense, activation, batch norm] for each hidden size → dense, output.
     *
     * @param hidden units of the hidden layers
     * @param batchNorm whether one follows each hidden activation
     */
    record Generator(Latent latent, List<Integer> hidden, Hidden activation, boolean batchNorm, Output output)
            implements GeneratorArchitecture {
        static Generator read(Section section) {
            return new Generator(
                    Latent.read(section, Latent.Distribution.NORMAL),
                    section.integers("hidden", List.of(128, 256), 1),
                    section.choice("activation", Hidden.class, Hidden.RELU),
                    section.flag("batch-norm", true),
                    section.choice("output", Output.class, Output.SIGMOID));
        }

        @Override
        public Network network(Shape example, int inputs) {
            List<Layer> layers = new ArrayList<>();
            for (int units : hidden) {
                layers.add(dense(units));
                layers.add(activation.layer);
                if (batchNorm) {
                    layers.add(kerasBatchNorm());
                }
            }
            layers.add(dense(Math.toIntExact(example.count())));
            layers.add(output.activation());
            layers.add(new Reshape(example));
            return new Network("generator mlp", Shape.of(inputs), sequential(layers), Initializer.GLOROT_UNIFORM);
        }
    }

    /**
     * Flatten → [dense, activation] for each hidden size → dense 1.
     *
     * @param hidden units of the hidden layers
     * @param spectral whether every kernel has a spectral norm
     * @param deviation whether the last layer sees how much the examples of a batch differ
     */
    record Discriminator(List<Integer> hidden, Hidden activation, boolean spectral, boolean deviation)
            implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(
                    section.integers("hidden", List.of(256, 128), 1),
                    section.choice("activation", Hidden.class, Hidden.RELU),
                    section.flag("spectral-norm", false),
                    section.flag("minibatch-deviation", false));
        }

        @Override
        public Network network(Shape example, int logits) {
            List<Layer> layers = new ArrayList<>();
            layers.add(flatten());
            for (int units : hidden) {
                layers.add(kernel(dense(units)));
                layers.add(activation.layer);
            }
            if (deviation) {
                layers.add(new MinibatchDeviation());
            }
            layers.add(kernel(dense(logits)));
            return new Network("discriminator mlp", example, sequential(layers), Initializer.GLOROT_UNIFORM);
        }

        private Layer kernel(Affine layer) {
            return spectral ? new SpectralNorm(layer) : layer;
        }
    }
}
