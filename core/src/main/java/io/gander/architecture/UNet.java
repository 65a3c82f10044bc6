package io.gander.architecture;

import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.relu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Conv;
import io.gander.layer.ConvTranspose;
import io.gander.layer.Dropout;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Norm;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.layer.Skip;
import io.gander.layer.Upsample;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The U-Net of pix2pix (Isola et al., 2017), as its PyTorch version writes it: 4×4 convolutions halve the sides while the
 * channels double up to 8·width, transposed ones double them back, and what went down at each level goes across to the way
 * up. A norm is behind every convolution but the first, the innermost and the last. Where the norm is batch norm,
 * convolutions before it have no biases. At 256×256, width 64, 3 channels in and out, batch norm: 54,413,955 parameters.
 *
 * <p>Dropout, the original's only noise, follows each way up to 8·width channels but the innermost; where a network is too
 * shallow to have one (fewer than 6 halvings), the second innermost way up alone.
 *
 * @param width channels of the outermost level
 * @param downs halvings; 0 for as many as lead to one pixel
 * @param dropout probability; 0 for none
 * @param dropoutInUse whether it also drops in use
 * @param resizeConv whether sides are doubled by repeating pixels before a 3×3 convolution, rather than by a transposed one
 */
record UNet(int width, int downs, Norm norm, double dropout, boolean dropoutInUse, boolean resizeConv, Output output)
        implements TranslatorArchitecture {
    /** Channels grow up to so many times the width: three doublings. */
    private static final int DOUBLINGS = 3;

    static UNet read(Section section) {
        return new UNet(
                section.integer("width", 64, 1, 4096),
                section.integer("downs", 0, 0, 16),
                section.choice("norm", Norm.class, Norm.BATCH),
                section.real("dropout", 0.5, 0, 0.99),
                section.flag("dropout-in-use", true),
                section.flag("resize-conv", false),
                section.choice("output", Output.class, Output.TANH));
    }

    @Override
    public Network network(Shape input, int channels) {
        int depth = depth(input);
        List<Layer> layers = new ArrayList<>(level(1, depth, channels));
        layers.add(output.activation());
        return new Network("generator unet", input, sequential(layers), Initializer.DCGAN);
    }

    @Override
    public int multiple(Shape input) {
        return 1 << depth(input);
    }

    private int depth(Shape input) {
        int possible = Integer.numberOfTrailingZeros(input.axes().stream().reduce(0, (a, b) -> a | b));
        boolean powers = input.side() == 1 << possible;
        if (possible == 0 || downs > possible || (downs == 0 && !powers)) {
            String halvings = downs == 0 ? "down to one pixel" : downs == 1 ? "once" : downs + " times";
            throw new UserError("generator unet cannot halve pictures of " + input.area() + " "
                    + halvings + ": "
                    + (possible == 0
                            ? "their sides must be even; set data.size to 64, 128 or 256."
                            : "set generator.downs to " + possible + (possible > 1 ? " or less" : "")
                                    + ", or data.size to 64, 128 or 256."));
        }
        return downs == 0 ? possible : downs;
    }

    /** Down, everything further in, and up again. Level 1 is the outermost. */
    private List<Layer> level(int level, int depth, int channels) {
        int filters = width << Math.min(level - 1, DOUBLINGS);
        boolean outermost = level == 1;
        boolean innermost = level == depth;
        List<Layer> layers = new ArrayList<>();
        if (!outermost) {
            layers.add(leakyRelu());
        }
        layers.add(new Conv(filters, 4, 2, 1, norm.bias()));
        if (!outermost && !innermost) {
            layers.addAll(norm.layers(filters));
        }
        if (!innermost) {
            layers.add(new Skip(sequential(level(level + 1, depth, filters))));
        }
        layers.add(relu());
        layers.addAll(up(channels, outermost || norm.bias()));
        if (!outermost) {
            layers.addAll(norm.layers(channels));
        }
        if (dropout > 0 && drops(level, depth)) {
            layers.add(new Dropout(dropout, dropoutInUse));
        }
        return layers;
    }

    private List<Layer> up(int channels, boolean bias) {
        return resizeConv
                ? List.of(new Upsample(2), new Conv(channels, 3, 1, 1, bias))
                : List.of(new ConvTranspose(channels, 4, 2, 1, 0, bias));
    }

    private static boolean drops(int level, int depth) {
        int outermost = Math.max(2, Math.min(DOUBLINGS + 2, depth - 1));
        return level >= outermost && level < depth;
    }
}
