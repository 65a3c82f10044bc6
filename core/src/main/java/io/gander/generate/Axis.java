package io.gander.generate;

/**
 * How the width or the height of a picture is cut into tiles that overlap. All numbers are pixels of the input. Where two
 * tiles overlap, their shares change smoothly from one to the other over the middle of the overlap, and what lies close to a
 * tile's edge, where a network sees least, counts for nothing.
 *
 * @param length of the picture
 * @param side of a tile
 * @param starts where the tiles begin, ascending; the first may begin before the picture and the last end behind it
 * @param ramp over how many pixels one tile's share falls and the next one's rises
 */
record Axis(int length, int side, int[] starts, int ramp) {
    /**
     * Tiles of a given side, spread evenly. A picture smaller than a tile lies in its middle.
     *
     * @param overlap at least so many pixels are common to neighbours; less than the side
     */
    static Axis of(int length, int side, int overlap) {
        int count = length <= side ? 1 : 1 + ceil(length - side, side - overlap);
        return spread(length, length <= side ? (length - side) / 2 : 0, side, count, overlap);
    }

    /**
     * The fewest tiles of at most a given side, and as small as so many can be.
     *
     * @param border pixels by which the tiles reach over the picture's ends
     * @param multiple the tiles' side is a multiple of it
     */
    static Axis fitted(int length, int border, int most, int overlap, int multiple) {
        int padded = length + 2 * border;
        int count = padded <= most ? 1 : 1 + ceil(padded - most, most - overlap);
        int side = multiple * ceil(ceil(padded + (count - 1) * overlap, count), multiple);
        return spread(length, -border, side, count, overlap);
    }

    private static Axis spread(int length, int first, int side, int count, int overlap) {
        int[] starts = new int[count];
        long way = Math.max(0, length - 2L * first - side); // from the first start to the last
        for (int i = 0; i < count; i++) {
            starts[i] = first + (count == 1 ? 0 : (int) (i * way / (count - 1)));
        }
        return new Axis(length, side, starts, Math.max(1, overlap / 2));
    }

    private static int ceil(int a, int b) {
        return (a + b - 1) / b;
    }

    int tiles() {
        return starts.length;
    }

    /**
     * A tile's share of each of its pixels after the network; the shares of all tiles are 1 everywhere.
     *
     * @param scale how many times larger the network's output is than its input
     */
    float[] shares(int tile, int scale) {
        float[] shares = new float[side * scale];
        for (int i = 0; i < shares.length; i++) {
            double place = starts[tile] * scale + i + 0.5;
            shares[i] = (float) (begun(tile, place, scale) - begun(tile + 1, place, scale));
        }
        return shares;
    }

    /** How far the change from the tile before to this one has come: from 0 to 1. */
    private double begun(int tile, double place, int scale) {
        if (tile == 0 || tile == starts.length) {
            return tile == 0 ? 1 : 0;
        }
        double middle = 0.5 * scale * (starts[tile - 1] + side + starts[tile]);
        double way = Math.max(-0.5, Math.min(0.5, (place - middle) / (ramp * scale)));
        return 0.5 + 0.5 * Math.sin(Math.PI * way);
    }

    /** A place beyond the picture's ends, reflected into it; the end itself is not repeated. */
    int reflected(int place) {
        if (length == 1) {
            return 0;
        }
        int period = Math.floorMod(place, 2 * length - 2);
        return period < length ? period : 2 * length - 2 - period;
    }
}
