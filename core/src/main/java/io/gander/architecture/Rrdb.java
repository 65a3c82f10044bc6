package io.gander.architecture;

import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.sequential;
import static io.gander.layer.Layers.skip;

import io.gander.layer.Conv;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Output;
import io.gander.layer.Residual;
import io.gander.layer.Shape;
import io.gander.layer.Upsample;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * RRDBNet, the generator of ESRGAN (Wang et al., 2018), as BasicSR writes it: residual blocks of three dense blocks of five
 * convolutions, each branch scaled by .2, and no normalisation; pictures grow by repeated pixels and a convolution. At width
 * 64, 23 blocks, growth 32, 3 channels, ×4: 16,697,987 parameters. Pictures come in in the range in which they go out.
 *
 * @param width channels throughout
 * @param blocks residual-in-residual dense blocks
 * @param growth channels that each convolution of a dense block adds
 * @param scale how many times larger the sides become: 2, 3 or 4
 */
record Rrdb(int width, int blocks, int growth, int scale, Output output) implements TranslatorArchitecture {
    private static final double RESIDUAL_SCALE = 0.2;

    static Rrdb read(Section section) {
        return new Rrdb(
                section.integer("width", 64, 1, 4096),
                section.integer("blocks", 23, 0, 100),
                section.integer("growth", 32, 1, 4096),
                section.integer("scale", 4, 2, 4),
                section.choice("output", Output.class, Output.LINEAR));
    }

    @Override
    public Network network(Shape input, int channels) {
        List<Layer> trunk = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            trunk.add(new Residual(sequential(denseBlock(), denseBlock(), denseBlock()), RESIDUAL_SCALE));
        }
        trunk.add(conv(width));
        List<Layer> layers = new ArrayList<>();
        layers.add(conv(width));
        layers.add(new Residual(sequential(trunk), 1));
        for (int factor : SrResnet.factors(scale)) {
            layers.add(new Upsample(factor));
            layers.add(conv(width));
            layers.add(leakyRelu());
        }
        layers.add(conv(width));
        layers.add(leakyRelu());
        layers.add(conv(channels));
        layers.add(output.activation());
        return new Network("generator rrdb", input, sequential(layers), Initializer.KAIMING_DAMPED);
    }

    @Override
    public int multiple(Shape input) {
        return 1;
    }

    @Override
    public boolean local() {
        return true;
    }

    /** Four convolutions that each see all that came before them, and a fifth that makes the branch of it. */
    private Residual denseBlock() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            layers.add(skip(conv(growth), leakyRelu()));
        }
        layers.add(conv(width));
        return new Residual(sequential(layers), RESIDUAL_SCALE);
    }

    private static Conv conv(int filters) {
        return new Conv(filters, 3, 1, 1, true);
    }
}
