package io.gander.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CovariancesTest {
    private static final int D = 7;

    /** Far from 0, so that single precision would show. */
    private static float[] points(int n) {
        Random random = new Random(3);
        float[] x = new float[n * D];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (1000 + i % D * random.nextGaussian());
        }
        return x;
    }

    /** By the definition; 2,500 points are more than come to double precision at once. */
    @Test
    void theMomentsAreThoseOfTheDefinition() {
        float[] x = points(2500);
        double[] mean = new double[D];
        for (int i = 0; i < x.length; i++) {
            mean[i % D] += x[i] / 2500.0;
        }
        Covariances.Moments moments = Covariances.moments(x, D);

        assertThat(moments.mean()).containsExactly(mean, within(1e-9));
        for (int i = 0; i < D; i++) {
            for (int j = 0; j < D; j++) {
                double sum = 0;
                for (int k = 0; k < 2500; k++) {
                    sum += (x[k * D + i] - mean[i]) * (x[k * D + j] - mean[j]);
                }
                assertThat(moments.covariance()[i * D + j]).isCloseTo(sum / 2499, within(1e-9));
            }
        }
    }

    @Test
    void aSinglePointHasNoCovariance() {
        assertThat(Covariances.moments(points(1), D).covariance()).containsOnly(Double.NaN);
    }

    @Test
    void whatIsNotFiniteShows() {
        float[] x = points(10);
        x[2] = Float.NaN;

        assertThat(Covariances.moments(x, D).mean()[2]).isNaN();
        assertThat(Covariances.moments(x, D).mean()[3]).isFinite();
    }
}
