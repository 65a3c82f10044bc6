package io.gander.recipe;

/**
 * What the discriminator pays for being steep: keys of the recipe's section {@code objective}. Weights of 0 are off.
 *
 * @param r1 γ: weight of ½·E‖∇D(x)‖² at real pictures
 * @param r2 γ: weight of ½·E‖∇D(x)‖² at generated ones
 * @param gradientPenalty λ: weight of E(‖∇D(x)‖ − 1)² between real and generated ones; 10 in WGAN-GP
 * @param zeroCentred λ: weight of E‖∇D(x)‖² at the same places
 * @param dragan λ: weight of E(‖∇D(x)‖ − 1)² near real ones; 10 in DRAGAN
 * @param every steps between penalties, which are so many times stronger
 * @param end the share of the weights that is left at the end of the run; on the way there they follow half a cosine
 */
public record RegulariserRecipe(
        double r1, double r2, double gradientPenalty, double zeroCentred, double dragan, int every, double end) {
    static RegulariserRecipe read(Section section) {
        return new RegulariserRecipe(
                section.real("r1", 0.0, 0, 1e6),
                section.real("r2", 0.0, 0, 1e6),
                section.real("gradient-penalty", 0.0, 0, 1e6),
                section.real("zero-centred", 0.0, 0, 1e6),
                section.real("dragan", 0.0, 0, 1e6),
                section.integer("penalty-every", 1, 1, 1000),
                section.real("penalty-end", 1.0, 0, 1));
    }

    /**
     * The share of the weights at a step.
     *
     * @param step counts from 1
     * @param steps the length of the run
     */
    public double shareAt(long step, long steps) {
        double passed = Math.min(1, (double) (step - 1) / Math.max(1, steps));
        return end + (1 - end) * (1 + Math.cos(Math.PI * passed)) / 2;
    }
}
