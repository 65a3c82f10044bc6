package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.oracle.Oracle;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How far two clouds are apart, against NumPy and SciPy: see bench/oracle/make_sample_fixtures.py. */
class DistancesTest {
    private static final Oracle ORACLE = Oracle.read("samples");
    private static final int D = Classifier.FEATURES;

    private static float[] values(String name) {
        return ORACLE.array(name).values();
    }

    private static double number(String name) {
        return values(name)[0];
    }

    @Test
    void theFrechetDistance() {
        double fd = number("fd");
        assertThat(Frechet.distance(values("real"), values("fake"), D)).isCloseTo(fd, within(1e-6 * fd));
        assertThat(Frechet.distance(values("real"), values("real"), D)).isCloseTo(0, within(1e-4));
    }

    @Test
    void theFrechetDistanceOfWhatHasNoMomentsIsNone() {
        float[] spoilt = values("fake").clone();
        spoilt[5] = Float.NaN;
        assertThat(Frechet.distance(values("real"), spoilt, D)).isNaN();
        spoilt[5] = Float.POSITIVE_INFINITY;
        assertThat(Frechet.distance(values("real"), spoilt, D)).isNaN();
        assertThat(Frechet.distance(values("real"), Arrays.copyOf(spoilt, D), D))
                .isNaN();
    }

    @Test
    void whatIsNotFiniteLiesInNoBall() {
        float[] spoilt = values("real").clone();
        Arrays.fill(spoilt, 0, D, Float.NaN);
        spoilt[D] = Float.NEGATIVE_INFINITY;
        int n = spoilt.length / D;

        Balls balls = Balls.of(values("real"), spoilt, D);

        assertThat(balls.precision()).isEqualTo((n - 2.0) / n);
        assertThat(balls.recall()).isBetween(0.9, 1.0);
    }

    @Test
    void balls() {
        Balls balls = Balls.of(values("real"), values("fake"), D);

        assertThat(balls.precision()).isCloseTo(number("precision"), within(1e-5));
        assertThat(balls.recall()).isCloseTo(number("recall"), within(1e-5));
        assertThat(balls.density()).isCloseTo(number("density"), within(1e-5));
        assertThat(balls.coverage()).isCloseTo(number("coverage"), within(1e-5));
    }

    @Test
    void theNearestOfACopyIsItself() {
        float[] some = Arrays.copyOf(values("real"), 10 * D);

        assertThat(Arrays.stream(new Neighbours(D).nearest(some, values("real"))))
                .allMatch(square -> square < 1e-4);
        assertThat(Arrays.stream(new Neighbours(D).nearest(some, values("fake"))))
                .allMatch(square -> square > 1);
    }

    @Test
    void divergences() {
        double[] p = doubles(values("p"));
        double[] q = doubles(values("q"));
        Offset<Double> close = within(1e-6);

        assertThat(Kl.of(p, q)).isCloseTo(number("kl"), close);
        assertThat(Js.of(p, q)).isCloseTo(number("js"), close);
        assertThat(Kl.of(q, p)).as("what q has and p has not").isInfinite();
        assertThat(Js.of(new double[] {1, 0}, new double[] {0, 3})).isCloseTo(Math.log(2), close);
    }

    private static double[] doubles(float[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }
}
