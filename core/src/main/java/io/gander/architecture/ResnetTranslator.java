package io.gander.architecture;

import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dropout;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.ReflectionPad;
import io.gander.layer.Shape;
import io.gander.layer.Upsample;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * CycleGAN's generator (Zhu et al., 2017, after Johnson et al., 2016), as its PyTorch version writes it: a 7×7 convolution,
 * two that halve the sides, residual blocks at a quarter of them, two that double them, a 7×7 convolution. Padding reflects
 * but around the changes of size. At width 64, 9 blocks, 3 channels in and out, instance norm: 11,378,179 parameters.
 *
 * @param width channels of the first layer
 * @param blocks residual blocks; the paper takes 6 up to 128×128 and 9 from 256×256
 * @param dropout probability within each block; 0 for none
 * @param resizeConv whether sides are doubled by repeating pixels before a 3×3 convolution, rather than by a transposed one
 */
record ResnetTranslator(int width, int blocks, Norm norm, double dropout, boolean resizeConv, Output output)
        implements TranslatorArchitecture {
    /** Two halvings. */
    private static final int MULTIPLE = 4;

    /** At a quarter of it, there is something to reflect. */
    private static final int LEAST = 8;

    static ResnetTranslator read(Section section) {
        return new ResnetTranslator(
                section.integer("width", 64, 1, 4096),
                section.integer("blocks", 9, 0, 100),
                section.choice("norm", Norm.class, Norm.INSTANCE),
                section.real("dropout", 0.0, 0, 0.99),
                section.flag("resize-conv", false),
                section.choice("output", Output.class, Output.TANH));
    }

    @Override
    public Network network(Shape input, int channels) {
        boolean multiples = input.axes().stream().allMatch(side -> side % MULTIPLE == 0);
        if (!multiples || input.least() < LEAST) {
            throw new UserError("generator resnet cannot take pictures of " + input.area()
                    + ": their sides must be multiples of 4, and at least 8; set data.size to 64, 128 or 256.");
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new ReflectionPad(3));
        layers.addAll(stage(new Conv(width, 7, 1, 0, norm.bias()), width));
        layers.addAll(stage(new Conv(2 * width, 3, 2, 1, norm.bias()), 2 * width));
        layers.addAll(stage(new Conv(4 * width, 3, 2, 1, norm.bias()), 4 * width));
        for (int i = 0; i < blocks; i++) {
            layers.add(block(4 * width));
        }
        layers.addAll(up(2 * width));
        layers.addAll(up(width));
        layers.add(new ReflectionPad(3));
        layers.add(new Conv(channels, 7, 1, 0, true));
        layers.add(output.activation());
        return new Network("generator resnet", input, sequential(layers), Initializer.DCGAN);
    }

    @Override
    public int multiple(Shape input) {
        return MULTIPLE;
    }

    private List<Layer> stage(Layer convolution, int channels) {
        List<Layer> layers = new ArrayList<>();
        layers.add(convolution);
        layers.addAll(norm.layers(channels));
        layers.add(relu());
        return layers;
    }

    private List<Layer> up(int channels) {
        List<Layer> layers = new ArrayList<>();
        if (resizeConv) {
            layers.add(new Upsample(2));
            layers.addAll(stage(new Conv(channels, 3, 1, 1, norm.bias()), channels));
        } else {
            layers.addAll(stage(new ConvTranspose(channels, 3, 2, 1, 1, norm.bias()), channels));
        }
        return layers;
    }

    private Layer block(int channels) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new ReflectionPad(1));
        layers.addAll(stage(new Conv(channels, 3, 1, 0, norm.bias()), channels));
        if (dropout > 0) {
            layers.add(new Dropout(dropout, false));
        }
        layers.add(new ReflectionPad(1));
        layers.add(new Conv(channels, 3, 1, 0, norm.bias()));
        layers.addAll(norm.layers(channels));
        return residual(layers.toArray(Layer[]::new));
    }
}
