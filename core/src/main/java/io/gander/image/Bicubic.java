package io.gander.image;

import java.util.Arrays;

/**
 * Bicubic resizing (Keys, 1981, a = −1/2) as Matlab's imresize does it, and with it the papers on super-resolution: the
 * kernel is widened when a picture shrinks, pixels beyond the border are the border's, one axis after the other is rounded
 * to 8 bits, and the axis that shrinks more comes first, the columns where both shrink alike. The low-resolution pictures of
 * Set5 and Set14 come out bit for bit. (Newer Matlabs mirror at the border, which changes the outermost pixels.)
 */
public final class Bicubic {
    /** How far the kernel reaches, in pixels of the smaller picture. */
    private static final double REACH = 2;

    private Bicubic() {}

    /** The whole picture at another size. */
    public static Bitmap resize(Bitmap picture, int width, int height) {
        boolean columnsFirst = (long) height * picture.width() <= (long) width * picture.height();
        Bitmap half = columnsFirst ? columns(picture, height) : rows(picture, width);
        return columnsFirst ? rows(half, width) : columns(half, height);
    }

    /**
     * The weights of one axis, unrounded, for those who resize by a matrix product.
     *
     * @return [to][from]; each row's sum is 1
     */
    public static double[][] matrix(int from, int to) {
        Taps taps = taps(from, to);
        double[][] matrix = new double[to][from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < taps.places[i].length; j++) {
                matrix[i][taps.places[i][j]] += taps.weights[i][j];
            }
        }
        return matrix;
    }

    /** What each new pixel is made of: some old pixels, the border's perhaps repeatedly, and their weights. */
    private record Taps(int[][] places, double[][] weights) {}

    private static Taps taps(int from, int to) {
        double scale = (double) to / from;
        double shrink = Math.min(scale, 1); // a picture that grows is interpolated
        int count = (int) Math.ceil(2 * REACH / shrink) + 2;
        int[][] places = new int[to][count];
        double[][] weights = new double[to][count];
        for (int i = 0; i < to; i++) {
            double centre = (i + 0.5) / scale - 0.5;
            int first = (int) Math.floor(centre - REACH / shrink);
            double sum = 0;
            for (int j = 0; j < count; j++) {
                places[i][j] = Math.min(Math.max(first + j, 0), from - 1);
                weights[i][j] = kernel(shrink * (centre - first - j));
                sum += weights[i][j];
            }
            for (int j = 0; j < count; j++) {
                weights[i][j] /= sum;
            }
        }
        return new Taps(places, weights);
    }

    private static double kernel(double distance) {
        double x = Math.abs(distance);
        if (x <= 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
    }

    private static Bitmap columns(Bitmap old, int height) {
        if (height == old.height()) {
            return old;
        }
        Taps taps = taps(old.height(), height);
        int row = old.width() * old.channels();
        byte[] from = old.pixels();
        byte[] pixels = new byte[height * row];
        double[] sums = new double[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, 0);
            for (int j = 0; j < taps.places[y].length; j++) {
                int source = taps.places[y][j] * row;
                double weight = taps.weights[y][j];
                for (int x = 0; x < row; x++) {
                    sums[x] += weight * (from[source + x] & 255);
                }
            }
            for (int x = 0; x < row; x++) {
                pixels[y * row + x] = rounded(sums[x]);
            }
        }
        return new Bitmap(pixels, old.channels(), height, old.width());
    }

    private static Bitmap rows(Bitmap old, int width) {
        if (width == old.width()) {
            return old;
        }
        Taps taps = taps(old.width(), width);
        int channels = old.channels();
        byte[] from = old.pixels();
        byte[] pixels = new byte[old.height() * width * channels];
        for (int y = 0; y < old.height(); y++) {
            int source = y * old.width() * channels;
            int target = y * width * channels;
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < channels; channel++) {
                    double sum = 0;
                    for (int j = 0; j < taps.places[x].length; j++) {
                        sum += taps.weights[x][j] * (from[source + taps.places[x][j] * channels + channel] & 255);
                    }
                    pixels[target + x * channels + channel] = rounded(sum);
                }
            }
        }
        return new Bitmap(pixels, channels, old.height(), width);
    }

    private static byte rounded(double value) {
        return (byte) Math.floor(Math.min(Math.max(value, 0), 255) + 0.5);
    }
}
