package io.gander.layer;

import io.gander.tensor.Tensor;

/** A generator's last activation, and with it the range in which its pictures, and so the real ones, are held. */
public enum Output {
    /** Pixels in [−1, 1]. */
    TANH(Activation.TANH, -1, 1),
    /** Pixels in [0, 1]. */
    SIGMOID(Activation.SIGMOID, 0, 1),
    /** No activation: pixels in [0, 1] are held as they are, and what falls outside is clipped when a picture is made. */
    LINEAR(Activation.LINEAR, 0, 1);

    private final Activation activation;
    private final double low;
    private final double high;

    Output(Activation activation, double low, double high) {
        this.activation = activation;
        this.low = low;
        this.high = high;
    }

    public Activation activation() {
        return activation;
    }

    /** Pictures in this range as pictures in [0, 1]. */
    public Tensor unit(Tensor pictures) {
        return pictures.add(-low).mul(1 / (high - low)).clamp(0, 1);
    }

    /** The value of a black pixel. */
    public double low() {
        return low;
    }

    /** The value of a white pixel. */
    public double high() {
        return high;
    }
}
