package io.gander.metric;

/** The peak signal-to-noise ratio: 10·log₁₀(255² / mean squared difference), dB, over all channels together. */
final class Psnr {
    private Psnr() {}

    /** More is nearer; infinite for equal pictures. */
    static double of(Pair pair) {
        double sum = 0;
        long count = 0;
        for (int channel = 0; channel < pair.picture().length; channel++) {
            double[] picture = pair.picture()[channel];
            double[] truth = pair.truth()[channel];
            for (int i = 0; i < picture.length; i++) {
                double gap = picture[i] - truth[i];
                sum += gap * gap;
            }
            count += picture.length;
        }
        return 10 * Math.log10(255 * 255 * count / sum);
    }
}
