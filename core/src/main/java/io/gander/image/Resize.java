package io.gander.image;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How pictures change their size; antialiased, each output pixel an average over the area that it covers. The numbers are
 * Pillow's, to the bit: rows first, then columns, in fixed point, rounded to 8 bits in between.
 */
public enum Resize {
    /** The plain average. */
    BOX(0.5, x -> x > -0.5 && x <= 0.5 ? 1 : 0),
    /** A windowed sinc, three lobes wide: sharper. */
    LANCZOS(3, x -> x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0);

    /** Bits after the point: 8 are the pixel's, 2 are room for overshoot. */
    private static final int PRECISION = 32 - 8 - 2;

    private static final int HALF = 1 << (PRECISION - 1);

    /** Half the filter's width, in pixels of the smaller picture. */
    private final double support;

    private final DoubleUnaryOperator filter;

    Resize(double support, DoubleUnaryOperator filter) {
        this.support = support;
        this.filter = filter;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    /** The whole picture at another size. */
    public Bitmap apply(Bitmap picture, int width, int height) {
        Bitmap result = picture;
        if (width != result.width()) {
            result = rows(result, taps(result.width(), width));
        }
        if (height != result.height()) {
            result = columns(result, taps(result.height(), height));
        }
        return result;
    }

    /**
     * What each new pixel is made of.
     *
     * @param first the first old pixel of each new one
     * @param weights of the old pixels from there on, in fixed point; their sum is 1 but for rounding
     */
    private record Taps(int[] first, int[][] weights) {}

    private Taps taps(int oldSize, int newSize) {
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1); // a picture that grows is interpolated
        double reach = support * stretch;
        Taps taps = new Taps(new int[newSize], new int[newSize][]);
        for (int i = 0; i < newSize; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max((int) (centre - reach + 0.5), 0);
            int last = Math.min((int) (centre + reach + 0.5), oldSize);
            double[] exact = new double[last - first];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = filter.applyAsDouble((j + first - centre + 0.5) * (1 / stretch));
                sum += exact[j];
            }
            int[] fixed = new int[exact.length];
            for (int j = 0; j < fixed.length; j++) {
                double weight = sum == 0 ? exact[j] : exact[j] / sum;
                fixed[j] = (int) (weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
            }
            taps.first[i] = first;
            taps.weights[i] = fixed;
        }
        return taps;
    }

    private static Bitmap rows(Bitmap old, Taps taps) {
        int width = taps.first.length;
        byte[] pixels = new byte[old.height() * width * old.channels()];
        for (int y = 0; y < old.height(); y++) {
            if (old.channels() == 1) {
                greyRow(old.pixels(), y * old.width(), taps, pixels, y * width);
            } else {
                colourRow(old.pixels(), y * old.width() * 3, taps, pixels, y * width * 3);
            }
        }
        return new Bitmap(pixels, old.channels(), old.height(), width);
    }

    private static void greyRow(byte[] from, int row, Taps taps, byte[] to, int target) {
        for (int x = 0; x < taps.first.length; x++) {
            int[] weights = taps.weights[x];
            int source = row + taps.first[x];
            int sum = HALF;
            for (int j = 0; j < weights.length; j++) {
                sum += (from[source + j] & 255) * weights[j];
            }
            to[target + x] = clip(sum);
        }
    }

    private static void colourRow(byte[] from, int row, Taps taps, byte[] to, int begin) {
        int target = begin;
        for (int x = 0; x < taps.first.length; x++) {
            int source = row + 3 * taps.first[x];
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            for (int weight : taps.weights[x]) {
                red += (from[source] & 255) * weight;
                green += (from[source + 1] & 255) * weight;
                blue += (from[source + 2] & 255) * weight;
                source += 3;
            }
            to[target] = clip(red);
            to[target + 1] = clip(green);
            to[target + 2] = clip(blue);
            target += 3;
        }
    }

    private static Bitmap columns(Bitmap old, Taps taps) {
        int height = taps.first.length;
        int row = old.width() * old.channels();
        byte[] pixels = new byte[height * row];
        int[] sums = new int[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            int source = taps.first[y] * row;
            for (int weight : taps.weights[y]) {
                add(old.pixels(), source, weight, sums);
                source += row;
            }
            for (int x = 0; x < row; x++) {
                pixels[y * row + x] = clip(sums[x]);
            }
        }
        return new Bitmap(pixels, old.channels(), height, old.width());
    }

    private static void add(byte[] from, int source, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += (from[source + x] & 255) * weight;
        }
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
