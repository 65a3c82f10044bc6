package io.gander.layer;

import java.util.List;

/** The words in which architectures are written. */
public final class Layers {
    private Layers() {}

    public static Sequential sequential(List<Layer> layers) {
        return new Sequential(layers);
    }

    public static Sequential sequential(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    public static Dense dense(int units) {
        return new Dense(units, true);
    }

    /** A convolution without a bias, as goes before a batch norm. */
    public static Conv conv(int filters, int kernel, int stride, int padding) {
        return new Conv(filters, kernel, stride, padding, false);
    }

    /** A transposed convolution without a bias, as goes before a batch norm. */
    public static ConvTranspose convTranspose(int filters, int kernel, int stride, int padding) {
        return new ConvTranspose(filters, kernel, stride, padding, 0, false);
    }

    /** PyTorch's defaults: ε 10⁻⁵, momentum .1. */
    public static BatchNorm batchNorm() {
        return new BatchNorm(1e-5, 0.1);
    }

    /** Keras's defaults: ε 10⁻³, momentum .99, which is .01 here. */
    public static BatchNorm kerasBatchNorm() {
        return new BatchNorm(1e-3, 0.01);
    }

    public static Activation relu() {
        return Activation.RELU;
    }

    public static Activation leakyRelu() {
        return Activation.LEAKY_RELU;
    }

    public static Dropout dropout(double probability) {
        return new Dropout(probability, false);
    }

    /** x + body(x). */
    public static Residual residual(Layer... body) {
        return new Residual(sequential(body), 1);
    }

    /** x and, behind it, body(x), as channels of one example. */
    public static Skip skip(Layer... body) {
        return new Skip(sequential(body));
    }

    public static Flatten flatten() {
        return new Flatten();
    }

    public static Reshape reshape(int... sizes) {
        return new Reshape(Shape.of(sizes));
    }
}
