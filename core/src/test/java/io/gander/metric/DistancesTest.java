package io.gander.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.oracle.Oracle;
import java.util.Arrays;
import java.util.Map;
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
        assertThat(Frechet.distance(values("real"), values("fake"), D)).isCloseTo(number("fd"), within(1e-4));
        assertThat(Frechet.distance(values("real"), values("real"), D)).isCloseTo(0, within(1e-4));
    }

    @Test
    void balls() {
        Map<String, Double> compared = new Neighbours(D).compare(values("real"), values("fake"));

        assertThat(compared).containsOnlyKeys("precision", "recall", "density", "coverage");
        compared.forEach((name, value) -> assertThat(value).as(name).isCloseTo(number(name), within(1e-5)));
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

        assertThat(Divergence.kl(p, q)).isCloseTo(number("kl"), close);
        assertThat(Divergence.js(p, q)).isCloseTo(number("js"), close);
        assertThat(Divergence.kl(q, p)).as("what q has and p has not").isInfinite();
        assertThat(Divergence.js(new double[] {1, 0}, new double[] {0, 3})).isCloseTo(Math.log(2), close);
    }

    private static double[] doubles(float[] values) {
        double[] all = new double[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = values[i];
        }
        return all;
    }
}
