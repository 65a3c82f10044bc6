package io.gander.layer;

/**
 * A layer that multiplies by a kernel and adds a bias, so that a batch norm behind it can be folded into it exactly. Its
 * weights are the kernel and then, where there is one, the bias: one value for each output channel.
 */
public interface Affine extends Layer {
    boolean bias();

    /** The same layer with a bias. */
    Affine withBias();

    /** Which axis of the kernel counts the outputs. */
    int outputAxis();
}
