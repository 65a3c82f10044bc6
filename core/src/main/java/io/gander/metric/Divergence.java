package io.gander.metric;

/** How far two distributions over the same things are apart, in nats. They are given as counts or shares. */
final class Divergence {
    private Divergence() {}

    /** Kullback and Leibler's KL(p ‖ q); infinite where q is 0 and p is not. */
    static double kl(double[] p, double[] q) {
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

    /** Jensen and Shannon's, at most ln 2. */
    static double js(double[] p, double[] q) {
        double allP = sum(p);
        double allQ = sum(q);
        double[] middle = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            middle[i] = p[i] / allP + q[i] / allQ;
        }
        return (kl(p, middle) + kl(q, middle)) / 2;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
