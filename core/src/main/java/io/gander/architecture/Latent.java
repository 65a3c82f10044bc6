package io.gander.architecture;

import io.gander.recipe.Section;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.util.function.IntUnaryOperator;

/**
 * The noise that a generator starts from.
 *
 * @param size numbers a picture
 */
public record Latent(int size, Distribution distribution) {
    /** Where the numbers come from. */
    public enum Distribution {
        /** N(0, 1). */
        NORMAL,
        /** Uniform in [−1, 1). */
        UNIFORM
    }

    static Latent read(Section section, Distribution fallback) {
        return new Latent(
                section.integer("latent", 100, 1, 65_536), section.choice("noise", Distribution.class, fallback));
    }

    /**
     * Classes, one-hot: [count, classes].
     *
     * @param of the class of number i
     */
    public static Tensor classes(IntUnaryOperator of, int count, int classes) {
        float[] values = new float[count * classes];
        for (int i = 0; i < count; i++) {
            values[i * classes + of.applyAsInt(i)] = 1;
        }
        return Tensor.of(values, count, classes);
    }

    /** A batch of latents: [n, size]. */
    public Tensor draw(int n, Draws draws) {
        return switch (distribution) {
            case NORMAL -> draws.normal(n, size);
            case UNIFORM -> draws.uniform(-1, 1, n, size);
        };
    }
}
