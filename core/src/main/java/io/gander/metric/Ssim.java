package io.gander.metric;

import io.gander.error.UserError;
import java.util.Arrays;

/**
 * Structural similarity (Wang et al., 2004): 11×11 Gaussian windows of σ = 1.5, K₁ = .01, K₂ = .03, L = 255, variances of
 * the population, only windows that lie within the picture; the mean over windows, then over channels.
 */
final class Ssim {
    private static final int WINDOW = 11;
    private static final double[] WEIGHTS = weights();
    private static final double C1 = 0.01 * 255 * 0.01 * 255;
    private static final double C2 = 0.03 * 255 * 0.03 * 255;

    private final int width;
    private final double[] firsts;
    private final double[] seconds;
    private final double[] squares;
    private final double[] products;

    private Ssim(int width) {
        this.width = width;
        this.firsts = new double[width];
        this.seconds = new double[width];
        this.squares = new double[width];
        this.products = new double[width];
    }

    private static double[] weights() {
        double[] weights = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            double x = i - WINDOW / 2;
            weights[i] = Math.exp(-x * x / (2 * 1.5 * 1.5));
        }
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(weight -> weight / sum).toArray();
    }

    /**
     * At most 1, for equal pictures.
     *
     * @throws UserError if no window fits
     */
    static double of(Pair pair) {
        if (pair.width() < WINDOW || pair.height() < WINDOW) {
            throw new UserError("SSIM compares windows of 11×11 pixels, and only " + pair.width() + "×" + pair.height()
                    + " are left to compare: use larger pictures, or crop less.");
        }
        Ssim ssim = new Ssim(pair.width());
        double sum = 0;
        for (int channel = 0; channel < pair.picture().length; channel++) {
            for (int y = 0; y + WINDOW <= pair.height(); y++) {
                sum += ssim.line(pair.picture()[channel], pair.truth()[channel], y * pair.width());
            }
        }
        long windows = (long) (pair.width() - WINDOW + 1) * (pair.height() - WINDOW + 1);
        return sum / windows / pair.picture().length;
    }

    /** The sum over a line of windows, of which the first begins at {@code from}. */
    private double line(double[] a, double[] b, int from) {
        gatherColumns(a, b, from);
        double sum = 0;
        for (int x = 0; x + WINDOW <= width; x++) {
            double meanA = 0;
            double meanB = 0;
            double square = 0;
            double product = 0;
            for (int k = 0; k < WINDOW; k++) {
                double weight = WEIGHTS[k];
                meanA += weight * firsts[x + k];
                meanB += weight * seconds[x + k];
                square += weight * squares[x + k];
                product += weight * products[x + k];
            }
            double means = meanA * meanA + meanB * meanB;
            double both = meanA * meanB;
            sum += (2 * both + C1) * (2 * (product - both) + C2) / ((means + C1) * (square - means + C2));
        }
        return sum;
    }

    /** The weighted sums over eleven rows, column by column: of a, of b, of a² + b², and of ab. */
    private void gatherColumns(double[] a, double[] b, int from) {
        Arrays.fill(firsts, 0);
        Arrays.fill(seconds, 0);
        Arrays.fill(squares, 0);
        Arrays.fill(products, 0);
        for (int k = 0; k < WINDOW; k++) {
            double weight = WEIGHTS[k];
            int row = from + k * width;
            for (int x = 0; x < width; x++) {
                double first = a[row + x];
                double second = b[row + x];
                firsts[x] += weight * first;
                seconds[x] += weight * second;
                squares[x] += weight * (first * first + second * second);
                products[x] += weight * first * second;
            }
        }
    }
}
