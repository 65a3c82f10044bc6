package io.gander.image;

/**
 * How pictures change their size; antialiased, each output pixel an average over the area that it covers. The numbers are
 * Pillow's, to the bit: rows first, then columns, in fixed point, rounded to 8 bits in between.
 */
public enum Resize {
    /** The plain average. */
    BOX(0.5) {
        @Override
        double weight(double x) {
            return x > -0.5 && x <= 0.5 ? 1 : 0;
        }
    },
    /** A windowed sinc, three lobes wide: sharper. */
    LANCZOS(3) {
        @Override
        double weight(double x) {
            return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
        }
    };

    /** Bits after the point: 8 are the pixel's, 2 are room for overshoot. */
    private static final int PRECISION = 32 - 8 - 2;

    /** For rounding, in both sums of a long. */
    private static final long BOTH_HALVES = (1L << (PRECISION - 1)) * ((1L << 32) + 1);

    /** Lines of bytes that are resampled together: two rows of three channels, six of one, or six columns. */
    private static final int LANES = 6;

    /** Half the filter's width, in pixels of the smaller picture. */
    private final double support;

    Resize(double support) {
        this.support = support;
    }

    /** The filter, unscaled, at a distance from its middle. */
    abstract double weight(double x);

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
    private record Taps(int oldSize, int[] first, long[][] weights) {}

    private Taps taps(int oldSize, int newSize) {
        double scale = (double) oldSize / newSize;
        double stretch = Math.max(scale, 1); // a picture that grows is interpolated
        double reach = support * stretch;
        Taps taps = new Taps(oldSize, new int[newSize], new long[newSize][]);
        for (int i = 0; i < newSize; i++) {
            double centre = (i + 0.5) * scale;
            int first = Math.max((int) (centre - reach + 0.5), 0);
            int last = Math.min((int) (centre + reach + 0.5), oldSize);
            double[] exact = new double[last - first];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = weight((j + first - centre + 0.5) * (1 / stretch));
                sum += exact[j];
            }
            long[] fixed = new long[exact.length];
            for (int j = 0; j < fixed.length; j++) {
                double weight = sum == 0 ? exact[j] : exact[j] / sum;
                fixed[j] = (long) (weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
            }
            taps.first[i] = first;
            taps.weights[i] = fixed;
        }
        return taps;
    }

    private static Bitmap rows(Bitmap old, Taps taps) {
        int channels = old.channels();
        int height = old.height();
        int oldRow = old.width() * channels;
        int newRow = taps.first.length * channels;
        byte[] pixels = new byte[height * newRow];
        int rowsAtOnce = LANES / channels;
        int[] from = new int[LANES];
        int[] to = new int[LANES];
        for (int y = 0; y < height; y += rowsAtOnce) {
            for (int lane = 0; lane < LANES; lane++) {
                int row = Math.min(y + lane / channels, height - 1); // the last one perhaps repeatedly
                from[lane] = row * oldRow + lane % channels;
                to[lane] = row * newRow + lane % channels;
            }
            resample(old.pixels(), from, pixels, to, channels, taps);
        }
        return new Bitmap(pixels, channels, height, taps.first.length);
    }

    private static Bitmap columns(Bitmap old, Taps taps) {
        int row = old.width() * old.channels();
        byte[] pixels = new byte[taps.first.length * row];
        int[] lanes = new int[LANES];
        for (int x = 0; x < row; x += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                lanes[lane] = Math.min(x + lane, row - 1);
            }
            resample(old.pixels(), lanes, pixels, lanes, row, taps);
        }
        return new Bitmap(pixels, old.channels(), taps.first.length, old.width());
    }

    /**
     * Six lines of bytes at once, along a row or down a column. Two bytes share a long, so that one multiplication does for
     * both; this is what makes it quick where the JVM does not vectorise.
     *
     * @param from where each line begins
     * @param step from one byte of a line to its next
     */
    private static void resample(byte[] old, int[] from, byte[] pixels, int[] to, int step, Taps taps) {
        long[] pairs = pairs(old, from, step, taps.oldSize);
        int place = 0;
        for (int i = 0; i < taps.first.length; i++) {
            int source = 3 * taps.first[i];
            long first = BOTH_HALVES;
            long second = BOTH_HALVES;
            long third = BOTH_HALVES;
            for (long weight : taps.weights[i]) {
                first += pairs[source] * weight;
                second += pairs[source + 1] * weight;
                third += pairs[source + 2] * weight;
                source += 3;
            }
            pixels[to[0] + place] = low(first);
            pixels[to[1] + place] = high(first);
            pixels[to[2] + place] = low(second);
            pixels[to[3] + place] = high(second);
            pixels[to[4] + place] = low(third);
            pixels[to[5] + place] = high(third);
            place += step;
        }
    }

    private static long[] pairs(byte[] old, int[] from, int step, int size) {
        long[] pairs = new long[3 * size];
        for (int pair = 0; pair < 3; pair++) {
            int low = from[2 * pair];
            int high = from[2 * pair + 1];
            for (int i = pair; i < pairs.length; i += 3) {
                pairs[i] = (old[low] & 255) | (long) (old[high] & 255) << 32;
                low += step;
                high += step;
            }
        }
        return pairs;
    }

    private static byte low(long sums) {
        return clip((int) sums);
    }

    /** The upper sum; the lower one, if negative, has borrowed from it. */
    private static byte high(long sums) {
        return clip((int) ((sums - (int) sums) >> 32));
    }

    private static byte clip(int sum) {
        int value = sum >> PRECISION;
        return (byte) (value < 0 ? 0 : Math.min(value, 255));
    }
}
