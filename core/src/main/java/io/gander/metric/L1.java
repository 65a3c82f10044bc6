package io.gander.metric;

/** The mean absolute difference, 0…1; less is nearer. */
final class L1 {
    private L1() {}

    static double of(Pair pair) {
        double sum = 0;
        for (int channel = 0; channel < pair.picture().length; channel++) {
            for (int i = 0; i < pair.picture()[channel].length; i++) {
                sum += Math.abs(pair.picture()[channel][i] - pair.truth()[channel][i]);
            }
        }
        return sum / 255 / pair.picture().length / pair.width() / pair.height();
    }
}
