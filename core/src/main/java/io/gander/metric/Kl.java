package io.gander.metric;

/** Kullback and Leibler's divergence KL(p ‖ q) = Σ p·ln (p / q) of two distributions over the same kinds, in nats. */
final class Kl {
    private Kl() {}

    /** Of what was found from what is expected. */
    static double of(Shares shares) {
        return of(shares.found(), shares.expected());
    }

    /**
     * At least 0; infinite where q is 0 and p is not.
     *
     * @param p counts or shares
     * @param q as many
     */
    static double of(double[] p, double[] q) {
        double allP = sum(p);
        double allQ = sum(q);
        double kl = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                kl += p[i] / allP * Math.log(p[i] / allP / (q[i] / allQ));
            }
        }
        return kl;
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
