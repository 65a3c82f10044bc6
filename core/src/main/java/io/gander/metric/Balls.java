package io.gander.metric;

/**
 * How two clouds lie in each other, by balls around each point that reach to its k-th neighbour, k = 5 as in the latter's experiments.
 *
 * @param precision the share of made points that lie in a real point's ball (Kynkäänniemi et al., 2019)
 * @param recall the share of real points that lie in a made point's ball
 * @param density in how many real balls a made point lies, as a share of k; may be above 1 (Naeem et al., 2020)
 * @param coverage the share of real points in whose ball a made point lies
 */
record Balls(double precision, double recall, double density, double coverage) {
    private static final int K = 5;

    /**
     * Compares two clouds. A point that is not finite lies in no ball.
     *
     * @param real n·d numbers
     * @param made m·d numbers
     * @param d numbers of a point
     */
    static Balls of(float[] real, float[] made, int d) {
        Neighbours neighbours = new Neighbours(d);
        double[] realRadii = neighbours.radii(real, K);
        double[] madeRadii = neighbours.radii(made, K);
        boolean[] realReached = new boolean[realRadii.length];
        boolean[] realHasMade = new boolean[realRadii.length];
        int[] precise = new int[1];
        long[] balls = new long[1];
        neighbours.rows(made, real, (i, distances, from) -> {
            int inside = 0;
            for (int j = 0; j < realRadii.length; j++) {
                double square = distances[from + j];
                if (square <= realRadii[j]) {
                    inside++;
                    realHasMade[j] = true;
                }
                realReached[j] |= square <= madeRadii[i];
            }
            precise[0] += inside > 0 ? 1 : 0;
            balls[0] += inside;
        });
        return new Balls(
                (double) precise[0] / madeRadii.length,
                share(realReached),
                (double) balls[0] / K / madeRadii.length,
                share(realHasMade));
    }

    private static double share(boolean[] flags) {
        int set = 0;
        for (boolean flag : flags) {
            set += flag ? 1 : 0;
        }
        return (double) set / flags.length;
    }
}
