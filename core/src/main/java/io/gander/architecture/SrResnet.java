package io.gander.architecture;

import static io.gander.layer.Layers.residual;
import static io.gander.layer.Layers.sequential;

import io.gander.layer.Conv;
import io.gander.layer.Enlarged;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Layers;
import io.gander.layer.Output;
import io.gander.layer.PixelShuffle;
import io.gander.layer.Prelu;
import io.gander.layer.Shape;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * SRResNet, the generator of SRGAN (Ledig et al., 2017): a 9×9 convolution, residual blocks with a skip across all of them,
 * pixel shuffles, a 9×9 convolution. Convolutions have biases but before a batch norm. Without batch norm the blocks are
 * those of EDSR (Lim et al., 2017), but for the PReLU. At width 64, 16 blocks, 3 channels, ×4: 1,548,547 parameters.
 * Pictures come in in the range in which they go out.
 *
 * @param width channels throughout
 * @param blocks residual blocks
 * @param scale how many times larger the sides become: 2, 3 or 4
 * @param batchNorm whether one follows each convolution of the residual part
 * @param bicubic whether the result is added to the enlarged input: training is shorter for it
 */
record SrResnet(int width, int blocks, int scale, boolean batchNorm, boolean bicubic, Output output)
        implements TranslatorArchitecture {
    static SrResnet read(Section section) {
        return new SrResnet(
                section.integer("width", 64, 1, 4096),
                section.integer("blocks", 16, 0, 100),
                section.integer("scale", 4, 2, 4),
                section.flag("batch-norm", true),
                section.flag("bicubic", false),
                section.choice("output", Output.class, Output.LINEAR));
    }

    @Override
    public Network network(Shape input, int channels) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Conv(width, 9, 1, 4, true));
        layers.add(new Prelu());
        List<Layer> trunk = new ArrayList<>();
        for (int i = 0; i < blocks; i++) {
            List<Layer> block = new ArrayList<>(convolution());
            block.add(new Prelu());
            block.addAll(convolution());
            trunk.add(residual(block.toArray(Layer[]::new)));
        }
        trunk.addAll(convolution());
        layers.add(residual(trunk.toArray(Layer[]::new)));
        for (int factor : factors(scale)) {
            layers.add(new Conv(factor * factor * width, 3, 1, 1, true));
            layers.add(new PixelShuffle(factor));
            layers.add(new Prelu());
        }
        layers.add(new Conv(channels, 9, 1, 4, true));
        List<Layer> whole = bicubic ? List.of(new Enlarged(sequential(layers), scale)) : layers;
        return new Network(
                "generator srresnet",
                input,
                sequential(Stream.concat(whole.stream(), Stream.of(output.activation()))
                        .toList()),
                Initializer.KAIMING);
    }

    /** The steps in which pictures grow: 4 is doubled twice. */
    static List<Integer> factors(int scale) {
        return scale == 4 ? List.of(2, 2) : List.of(scale);
    }

    @Override
    public int multiple(Shape input) {
        return 1;
    }

    @Override
    public boolean local() {
        return true;
    }

    private List<Layer> convolution() {
        Conv conv = new Conv(width, 3, 1, 1, !batchNorm);
        return batchNorm ? List.of(conv, Layers.batchNorm()) : List.of(conv);
    }
}
