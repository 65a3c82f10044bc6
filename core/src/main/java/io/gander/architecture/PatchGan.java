package io.gander.architecture;

import static io.gander.layer.Layers.leakyRelu;
import static io.gander.layer.Layers.sequential;

import io.gander.error.UserError;
import io.gander.layer.Affine;
import io.gander.layer.Conv;
import io.gander.layer.Initializer;
import io.gander.layer.Layer;
import io.gander.layer.Norm;
import io.gander.layer.Shape;
import io.gander.layer.SpectralNorm;
import io.gander.network.Network;
import io.gander.recipe.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * The PatchGAN of pix2pix (Isola et al., 2017), as its PyTorch version writes it: 4×4 convolutions that halve the sides while
 * the channels double up to 8·width, one more of stride 1, then a map of logits, each of which sees a patch of the picture:
 * 70×70 pixels at 3 halvings. A norm is behind every convolution but the first and the last. At width 64: 2,768,705
 * parameters for 6 channels and batch norm, 2,764,737 for 3 channels and instance norm.
 *
 * @param width channels of the first layer
 * @param layers halvings
 * @param spectral whether every kernel has a spectral norm
 */
record PatchGan(int width, int layers, Norm norm, boolean spectral) implements DiscriminatorArchitecture {
    /** Channels grow up to so many times the width: three doublings. */
    private static final int DOUBLINGS = 3;

    /** The two convolutions of stride 1 take one row each, and one is to be left. */
    private static final int LEAST = 3;

    static PatchGan read(Section section) {
        return new PatchGan(
                section.integer("width", 64, 1, 4096),
                section.integer("layers", 3, 1, 10),
                section.choice("norm", Norm.class, Norm.BATCH),
                section.flag("spectral-norm", false));
    }

    @Override
    public Network network(Shape image, int logits) {
        check(image);
        List<Layer> all = new ArrayList<>();
        all.add(kernel(new Conv(width, 4, 2, 1, true)));
        all.add(leakyRelu());
        for (int layer = 1; layer <= layers; layer++) {
            int filters = width << Math.min(layer, DOUBLINGS);
            all.add(kernel(new Conv(filters, 4, layer == layers ? 1 : 2, 1, norm.bias())));
            all.addAll(norm.layers(filters));
            all.add(leakyRelu());
        }
        all.add(kernel(new Conv(logits, 4, 1, 1, true)));
        return new Network("discriminator patchgan", image, sequential(all), Initializer.DCGAN);
    }

    private Layer kernel(Affine layer) {
        return spectral ? new SpectralNorm(layer) : layer;
    }

    private void check(Shape image) {
        int side = image.least();
        int possible = 31 - Integer.numberOfLeadingZeros(side / LEAST);
        if (side < LEAST || layers > possible) {
            throw new UserError("discriminator patchgan cannot judge pictures of " + image.area() + " with " + layers
                    + (layers > 1 ? " layers" : " layer")
                    + ", since nothing would be left of them: "
                    + (possible < 1 || side < LEAST
                            ? "the smallest is 6×6; set data.size to 64, 128 or 256."
                            : "set discriminator.layers to " + possible + (possible > 1 ? " or less." : ".")));
        }
    }
}
