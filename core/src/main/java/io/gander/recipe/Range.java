package io.gander.recipe;

/**
 * From where to where a number may be; both are the same where it is fixed.
 *
 * @param least included
 * @param most included
 */
public record Range(double least, double most) {
    /** The number that lies a share of the way along. */
    public double at(double share) {
        return least + share * (most - least);
    }
}
