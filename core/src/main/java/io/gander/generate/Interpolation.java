package io.gander.generate;

import io.gander.architecture.Latent;

/** Points between two latents that look like latents themselves. */
final class Interpolation {
    private Interpolation() {}

    /**
     * A point on the way.
     *
     * @param t from 0 (from) to 1 (to)
     */
    static float[] between(float[] from, float[] to, double t, Latent latent) {
        return switch (latent.distribution()) {
            case NORMAL -> spherical(from, to, t);
            case UNIFORM -> weighted(from, to, 1 - t, t);
        };
    }

    /** Along the great circle: halfway on a straight line, normal latents would be too short (White, 2016). */
    private static float[] spherical(float[] from, float[] to, double t) {
        double dot = 0;
        double fromSquare = 0;
        double toSquare = 0;
        for (int i = 0; i < from.length; i++) {
            dot += (double) from[i] * to[i];
            fromSquare += (double) from[i] * from[i];
            toSquare += (double) to[i] * to[i];
        }
        double cosine = dot / Math.sqrt(fromSquare * toSquare);
        double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
        if (!(angle > 1e-6)) { // also when a latent is zero and the angle is not a number
            return weighted(from, to, 1 - t, t);
        }
        return weighted(from, to, Math.sin((1 - t) * angle) / Math.sin(angle), Math.sin(t * angle) / Math.sin(angle));
    }

    private static float[] weighted(float[] from, float[] to, double a, double b) {
        float[] point = new float[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = (float) (a * from[i] + b * to[i]);
        }
        return point;
    }
}
