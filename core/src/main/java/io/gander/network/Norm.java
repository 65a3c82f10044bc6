package io.gander.network;

import java.util.List;

/** The normalisation behind a network's convolutions. */
enum Norm {
    /** Over the batch: see {@link BatchNorm}. */
    BATCH,
    /** Over each picture by itself: see {@link InstanceNorm}. */
    INSTANCE,
    /** None. */
    NONE;

    private static final double EPSILON = 1e-5;

    /** Whether a convolution before it needs a bias; batch norm has one of its own. */
    boolean bias() {
        return this != BATCH;
    }

    /** The layers: one or none. */
    List<Layer> layers(int channels) {
        return switch (this) {
            case BATCH -> List.of(Layers.batchNorm());
            case INSTANCE -> List.of(new InstanceNorm(channels, EPSILON));
            case NONE -> List.of();
        };
    }
}
