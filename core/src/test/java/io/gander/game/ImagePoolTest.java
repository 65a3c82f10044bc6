package io.gander.game;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.layer.Shape;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Pictures of one pixel, whose value is their number, from 1. */
class ImagePoolTest {
    private static final Shape PIXEL = Shape.of(1, 1, 1);

    private static List<Float> play(ImagePool pool, int from, int batch, long seed) {
        float[] numbers = new float[batch];
        for (int i = 0; i < batch; i++) {
            numbers[i] = from + i;
        }
        try (Scope scope = Scope.open()) {
            Tensor given = pool.exchange(Tensor.of(numbers, batch, 1, 1, 1), from - 1L, new SplittableRandom(seed));
            assertThat(given.shape()).containsExactly(batch, 1, 1, 1);
            return list(given.toArray());
        }
    }

    private static List<Float> list(float[] values) {
        List<Float> list = new ArrayList<>();
        for (float value : values) {
            list.add(value);
        }
        return list;
    }

    private static List<Float> kept(ImagePool pool) {
        try (Scope scope = Scope.open()) {
            return list(pool.state().toArray());
        }
    }

    @Test
    void aPoolOfNoneHandsOnWhatItGets() {
        try (ImagePool pool = new ImagePool(0, PIXEL);
                Scope scope = Scope.open()) {
            Tensor fresh = Tensor.full(3, 2, 1, 1, 1);
            assertThat(pool.exchange(fresh, 100, new SplittableRandom(1))).isSameAs(fresh);
        }
    }

    @Test
    void whileItFillsItKeepsAndHandsOnWhatItGets() {
        try (ImagePool pool = new ImagePool(5, PIXEL)) {
            assertThat(play(pool, 1, 2, 1)).containsExactly(1F, 2F);
            assertThat(kept(pool)).containsExactly(1F, 2F, 0F, 0F, 0F);
            assertThat(play(pool, 3, 2, 2)).containsExactly(3F, 4F);
            List<Float> third = play(pool, 5, 2, 3); // the last place, then an exchange or none
            assertThat(third.get(0)).isEqualTo(5F);
            Set<Float> all = new HashSet<>(kept(pool));
            all.add(third.get(1));
            assertThat(all).contains(1F, 2F, 3F, 4F, 5F, 6F);
        }
    }

    /** Every picture is handed on at most once later, and none is lost: it was given, or it is still there. */
    @Test
    void halfOfTheTimeItExchangesANewOneForAnEarlierOne() {
        int size = 4;
        int last = 1004;
        try (ImagePool pool = new ImagePool(size, PIXEL)) {
            int earlier = 0;
            List<Float> given = new ArrayList<>();
            for (int i = 1; i <= last; i++) {
                float got = play(pool, i, 1, i).get(0);
                assertThat(got).isBetween(1F, (float) i);
                if (i <= size) {
                    assertThat(got).isEqualTo(i);
                } else {
                    given.add(got);
                    earlier += got < i ? 1 : 0;
                }
            }
            assertThat(earlier).isBetween(430, 570); // 4.4 standard deviations of 1,000 coins
            given.addAll(kept(pool));
            assertThat(new HashSet<>(given))
                    .as("none twice")
                    .hasSize(given.size())
                    .hasSize(last);
        }
    }

    @Test
    void theSameSeedAndStateGiveTheSame() {
        try (ImagePool one = new ImagePool(3, PIXEL);
                ImagePool other = new ImagePool(3, PIXEL)) {
            for (int i = 1; i <= 9; i += 3) {
                assertThat(play(one, i, 3, i)).isEqualTo(play(other, i, 3, i));
            }
            assertThat(kept(one)).isEqualTo(kept(other));
        }
    }
}
