package io.gander.metric;

/** Jensen and Shannon's divergence (KL(p ‖ m) + KL(q ‖ m)) / 2, m = (p + q) / 2, in nats: from 0 to ln 2. */
final class Js {
    private Js() {}

    /** Between what was found and what is expected. */
    static double of(Shares shares) {
        return of(shares.found(), shares.expected());
    }

    /**
     * Between two distributions.
     *
     * @param p counts or shares
     * @param q as many
     */
    static double of(double[] p, double[] q) {
        double allP = Kl.sum(p);
        double allQ = Kl.sum(q);
        double[] middle = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            middle[i] = p[i] / allP + q[i] / allQ;
        }
        return (Kl.of(p, middle) + Kl.of(q, middle)) / 2;
    }
}
