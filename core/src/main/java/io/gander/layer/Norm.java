package io.gander.layer;

import java.util.List;

/** The normalisation behind a network's convolutions. */
public enum Norm {
    /** Over the batch: see {@link BatchNorm}. */
    BATCH,
    /** Over each picture by itself: see {@link InstanceNorm}. */
    INSTANCE,
    /** Over all channels of each picture: see {@link GroupNorm}. */
    LAYER,
    /** Over groups of them. */
    GROUP,
    /** Nothing stands where a norm would. */
    NONE;

    private static final double EPSILON = 1e-5;

    /** At most so many groups, as the paper found best. */
    private static final int GROUPS = 32;

    /** Whether a convolution before it needs a bias; some norms have one of their own. */
    public boolean bias() {
        return this == INSTANCE || this == NONE;
    }

    /** The layers: one or none. */
    public List<Layer> layers(int channels) {
        return switch (this) {
            case BATCH -> List.of(Layers.batchNorm());
            case INSTANCE -> List.of(new InstanceNorm(channels, EPSILON));
            case LAYER -> List.of(new GroupNorm(1, EPSILON));
            case GROUP ->
                List.of(new GroupNorm(Integer.highestOneBit(Math.min(GROUPS, channels & -channels)), EPSILON));
            case NONE -> List.of();
        };
    }
}
