package io.gander.architecture;

import static io.gander.layer.Layers.conv;
import static io.gander.layer.Layers.flatten;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.BiasedLeakyRelu;
import io.gander.layer.Binomial;
import io.gander.layer.Conv;
import io.gander.layer.Dense;
import io.gander.layer.Gain;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.LearnedBasis;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * R3GAN's networks (Huang et al., 2024, section 4): residual stages without normalisation, each of blocks 1×1 → 3×3 in groups → 1×1 that
 * are twice as wide inside, with biases in the activations alone; [1, 2, 1] between them; a learned basis of 4×4 (7×7 for sides
 * 7·2ⁿ) at the small end. Kernels start with the variance that activations keep, those in the blocks' middle smaller by
 * (number of blocks)^¼, those at their end at 0 (Zhang et al., 2019).
 */
public final class R3Gan {
    private static final int EXPANSION = 2;
    private static final int WIDENINGS = 2;

    private R3Gan() {}

    /** What both networks have in common: see the recipe's keys. */
    record Stages(int width, int blocks, int group) {
        static Stages read(Section section) {
            Stages stages = new Stages(
                    section.integer("width", 32, 1, 4096),
                    section.integer("blocks", 1, 1, 16),
                    section.integer("group", 16, 1, 4096));
            if (EXPANSION * stages.width % stages.group != 0) {
                throw new UserError(section.where("group") + " is " + stages.group
                        + ", which does not divide twice the width, " + EXPANSION * stages.width + ".");
            }
            return stages;
        }

        /** Channels at a stage: doubled up to twice with every halving of the side. */
        int channels(int halvings) {
            return width << Math.min(halvings, WIDENINGS);
        }

        Layer block(int channels, int stages) {
            int inside = EXPANSION * channels;
            double gain = BiasedLeakyRelu.GAIN * Math.pow((double) blocks * stages, -0.25);
            return residual(
                    new Gain(conv(inside, 1, 1, 0), gain),
                    new BiasedLeakyRelu(),
                    new Gain(new Conv(inside, 3, 1, 1, false, inside / group), gain),
                    new BiasedLeakyRelu(),
                    new Gain(conv(channels, 1, 1, 0), 0));
        }
    }

    /** Halvings from a side to the basis's. */
    private static int halvings(Shape example, String player) {
        int side = example.side();
        int halvings = 0;
        while (side % 2 == 0 && side > 7) {
            side /= 2;
            halvings++;
        }
        if ((side != 4 && side != 7) || halvings == 0) {
            throw new UserError(
                    player + " r3gan cannot take examples of " + example.area()
                            + ": all sides must be 4 or 7 doubled at least once, and equal; set data.size to 28, 32, 64 or 128.");
        }
        return halvings;
    }

    /** Latent → basis → stages, each with twice the side → 1×1 to the example's channels. */
    record Generator(Latent latent, Stages stages, Output output) implements GeneratorArchitecture {
        static Generator read(Section section) {
            return new Generator(
                    Latent.read(section, Latent.Distribution.NORMAL),
                    Stages.read(section),
                    section.choice("output", Output.class, Output.TANH));
        }

        @Override
        public Network network(Shape example, int inputs) {
            int halvings = halvings(example, "generator");
            List<Layer> layers = new ArrayList<>();
            layers.add(new LearnedBasis(example.with(stages.channels(halvings)).along(side -> side >> halvings)));
            for (int level = halvings; level >= 0; level--) {
                if (level < halvings) {
                    if (stages.channels(level) != stages.channels(level + 1)) {
                        layers.add(conv(stages.channels(level), 1, 1, 0));
                    }
                    layers.add(Binomial.UP);
                }
                for (int block = 0; block < stages.blocks; block++) {
                    layers.add(stages.block(stages.channels(level), halvings + 1));
                }
            }
            layers.add(conv(example.channels(), 1, 1, 0));
            layers.add(output.activation());
            return new Network("generator r3gan", Shape.of(inputs), sequential(layers), Initializer.GAIN);
        }
    }

    /** The mirror image: 1×1 from the example's channels → stages, each with half the side → one number a channel → logit. */
    record Discriminator(Stages stages) implements DiscriminatorArchitecture {
        static Discriminator read(Section section) {
            return new Discriminator(Stages.read(section));
        }

        @Override
        public Network network(Shape example, int logits) {
            int halvings = halvings(example, "discriminator");
            List<Layer> layers = new ArrayList<>();
            layers.add(conv(stages.channels(0), 1, 1, 0));
            for (int level = 0; level <= halvings; level++) {
                for (int block = 0; block < stages.blocks; block++) {
                    layers.add(stages.block(stages.channels(level), halvings + 1));
                }
                if (level < halvings) {
                    layers.add(Binomial.DOWN);
                    if (stages.channels(level) != stages.channels(level + 1)) {
                        layers.add(conv(stages.channels(level + 1), 1, 1, 0));
                    }
                }
            }
            int channels = stages.channels(halvings);
            layers.add(new Conv(channels, example.side() >> halvings, 1, 0, false, channels));
            layers.add(flatten());
            layers.add(new Dense(logits, false));
            return new Network("discriminator r3gan", example, sequential(layers), Initializer.GAIN);
        }
    }
}
