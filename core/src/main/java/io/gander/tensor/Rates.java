package io.gander.tensor;

/**
 * The best rates that this machine reaches now, in floating-point operations a second, a multiply and an add being two: what no
 * training can beat.
 *
 * @param matrixProduct of two matrices of 1024×1024; the best of some
 * @param convolution 3×3, 128 to 128 channels, 32 pictures of 32×32, in channels-last memory; the best of some
 */
public record Rates(double matrixProduct, double convolution) {
    private static final int TRIES = 12;
    private static final int SIDE = 1024;
    private static final int CHANNELS = 128;
    private static final int PICTURES = 32;
    private static final int PIXELS = 32;

    /** The larger one. */
    public double best() {
        return Math.max(matrixProduct, convolution);
    }

    /** Measures both: about a second. */
    public static Rates measure() {
        try (Scope scope = Scope.open();
                NoGrad off = NoGrad.open()) {
            Tensor a = Draws.of(1).normal(SIDE, SIDE);
            Tensor b = Draws.of(2).normal(SIDE, SIDE);
            Tensor x = Draws.of(3).normal(PICTURES, CHANNELS, PIXELS, PIXELS).channelsLast();
            Tensor w = Draws.of(4).normal(CHANNELS, CHANNELS, 3, 3).channelsLast();
            double product = 2.0 * SIDE * SIDE * SIDE;
            double convolution = 2.0 * PICTURES * CHANNELS * CHANNELS * 9 * PIXELS * PIXELS;
            return new Rates(
                    product / seconds(() -> a.linear(b, null)),
                    convolution / seconds(() -> Functional.conv(x, w, null, 1, 1, 1)));
        }
    }

    private static double seconds(Runnable work) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TRIES; i++) {
            try (Scope scope = Scope.open()) {
                long began = System.nanoTime();
                work.run();
                best = Math.min(best, (System.nanoTime() - began) * 1e-9);
            }
        }
        return best;
    }
}
