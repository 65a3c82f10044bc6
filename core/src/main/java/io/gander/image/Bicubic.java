package io.gander.image;

/**
 * Bicubic resampling as Matlab's {@code imresize} does it, and with it the papers on super-resolution: Keys's kernel with a
 * = −.5, widened when a picture shrinks, so that it is antialiased; the picture is mirrored at its borders.
 */
public final class Bicubic {
    private Bicubic() {}

    /**
     * What each new sample is made of, along one axis: [to][from]; each row sums to 1.
     *
     * @param from the old number of samples
     * @param to the new number
     */
    public static double[][] matrix(int from, int to) {
        double[][] matrix = new double[to][from];
        double scale = (double) to / from;
        double stretch = Math.min(scale, 1);
        double reach = 2 / stretch;
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) / scale - 0.5;
            double sum = 0;
            int first = (int) Math.floor(centre - reach);
            int last = (int) Math.ceil(centre + reach);
            for (int j = first; j <= last; j++) {
                double weight = kernel((j - centre) * stretch);
                matrix[i][mirrored(j, from)] += weight;
                sum += weight;
            }
            for (int j = 0; j < from; j++) {
                matrix[i][j] /= sum;
            }
        }
        return matrix;
    }

    /** A place beyond the ends, reflected into 0 … length − 1; the end itself is repeated. */
    public static int mirrored(int place, int length) {
        int period = Math.floorMod(place, 2 * length);
        return period < length ? period : 2 * length - 1 - period;
    }

    private static double kernel(double x) {
        double a = Math.abs(x);
        if (a <= 1) {
            return (1.5 * a - 2.5) * a * a + 1;
        }
        return a < 2 ? ((-0.5 * a + 2.5) * a - 4) * a + 2 : 0;
    }
}
