package io.gander.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.architecture.Latent;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InterpolationTest {
    private static final int SIZE = 100;

    private static float[] normal(long seed) {
        Random random = new Random(seed);
        float[] latent = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            latent[i] = (float) random.nextGaussian();
        }
        return latent;
    }

    private static Latent latent(Latent.Distribution distribution) {
        return new Latent(SIZE, distribution);
    }

    private static double norm(float[] x) {
        double sum = 0;
        for (float value : x) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static double angle(float[] x, float[] y) {
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += (double) x[i] * y[i];
        }
        return Math.acos(dot / norm(x) / norm(y));
    }

    @ParameterizedTest
    @EnumSource
    void theEndsAreTheLatentsThemselves(Latent.Distribution distribution) {
        float[] from = normal(1);
        float[] to = normal(2);
        assertThat(Interpolation.between(from, to, 0, latent(distribution))).isEqualTo(from);
        assertThat(Interpolation.between(from, to, 1, latent(distribution))).isEqualTo(to);
    }

    @Test
    void normalLatentsKeepTheirLengthAndTurnEvenly() {
        float[] from = normal(1);
        float[] to = normal(2);
        double whole = angle(from, to);
        for (double t : new double[] {0.25, 0.5, 0.75}) {
            float[] point = Interpolation.between(from, to, t, latent(Latent.Distribution.NORMAL));
            assertThat(norm(point))
                    .isBetween(0.95 * Math.min(norm(from), norm(to)), 1.05 * Math.max(norm(from), norm(to)));
        }
        // Between latents of one length, the walk stays on their sphere at a constant pace.
        float[] same = to.clone();
        for (int i = 0; i < SIZE; i++) {
            same[i] *= (float) (norm(from) / norm(to));
        }
        for (double t : new double[] {0.25, 0.5, 0.75}) {
            float[] point = Interpolation.between(from, same, t, latent(Latent.Distribution.NORMAL));
            assertThat(norm(point)).isCloseTo(norm(from), within(1e-4));
            assertThat(angle(from, point)).isCloseTo(t * whole, within(1e-4));
        }
    }

    @Test
    void uniformLatentsStayInTheirCube() {
        float[] from = {-1, 0.5f, 1};
        float[] to = {1, 0.5f, 0};
        Latent cube = new Latent(3, Latent.Distribution.UNIFORM);
        assertThat(Interpolation.between(from, to, 0.5, cube)).containsExactly(0, 0.5f, 0.5f);
        assertThat(Interpolation.between(from, to, 0.25, cube)).containsExactly(-0.5f, 0.5f, 0.75f);
    }

    @Test
    void latentsInOneDirectionOrOfNoLengthGiveNumbersToo() {
        Latent normal = new Latent(2, Latent.Distribution.NORMAL);
        float[] x = {3, 4};
        float[] zero = {0, 0};
        assertThat(Interpolation.between(x, x, 0.3, normal)).containsExactly(new float[] {3, 4}, within(1e-6f));
        assertThat(Interpolation.between(x, new float[] {6, 8}, 0.5, normal))
                .containsExactly(new float[] {4.5f, 6}, within(1e-5f));
        assertThat(Interpolation.between(zero, x, 0.5, normal)).containsExactly(1.5f, 2);
        assertThat(Interpolation.between(x, new float[] {-3, -4}, 0.5, normal)).doesNotContain(Float.NaN);
    }
}
