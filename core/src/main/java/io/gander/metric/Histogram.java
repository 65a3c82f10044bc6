package io.gander.metric;

/** Real points of the plane, counted in 20×20 cells between their outermost ones; what lies beyond counts to the border. */
final class Histogram {
    private static final int CELLS = 20;

    private final double[] real;
    private double left = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double bottom = Double.POSITIVE_INFINITY;
    private double top = Double.NEGATIVE_INFINITY;

    /**
     * Samples beside the real points, by cell.
     *
     * @param found how many samples
     * @param expected how many real points
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Beside(double[] found, double[] expected) implements Shares {}

    /**
     * @param data x and y of each real point
     */
    Histogram(float[] data) {
        for (int i = 0; i < data.length; i += 2) {
            left = Math.min(left, data[i]);
            right = Math.max(right, data[i]);
            bottom = Math.min(bottom, data[i + 1]);
            top = Math.max(top, data[i + 1]);
        }
        this.real = count(data);
    }

    /**
     * Samples beside them.
     *
     * @param xy x and y of each sample
     */
    Beside beside(float[] xy) {
        return new Beside(count(xy), real);
    }

    private double[] count(float[] xy) {
        double[] cells = new double[CELLS * CELLS];
        for (int i = 0; i < xy.length; i += 2) {
            cells[cell(xy[i + 1], bottom, top) * CELLS + cell(xy[i], left, right)]++;
        }
        return cells;
    }

    private static int cell(double value, double from, double to) {
        double place = to > from ? (value - from) / (to - from) * CELLS : 0;
        return (int) Math.max(0, Math.min(CELLS - 1, Math.floor(place)));
    }
}
