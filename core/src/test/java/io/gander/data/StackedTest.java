package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.gander.Gander;
import io.gander.layer.Shape;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StackedTest {
    @Test
    void everyChannelIsADigitOfMnist() {
        Dataset digits = open("mnist-dcgan");
        Dataset stacked = open("stacked-mnist");
        Set<Integer> known = new HashSet<>();
        byte[] digit = new byte[digits.codec().bytes()];
        for (int i = 0; i < digits.count(); i++) {
            digits.read(i, digit, 0);
            known.add(Arrays.hashCode(digit));
        }

        assertThat(stacked.count()).isEqualTo(128_000);
        assertThat(stacked.codec().shape()).isEqualTo(Shape.of(3, 28, 28));
        byte[] picture = new byte[stacked.codec().bytes()];
        for (int i = 0; i < 100; i++) {
            stacked.read(i, picture, 0);
            for (int channel = 0; channel < 3; channel++) {
                int from = channel * digit.length;
                byte[] plane = Arrays.copyOfRange(picture, from, from + digit.length);
                assertThat(known).contains(Arrays.hashCode(plane));
            }
        }
    }

    @Test
    void anIndexIsAlwaysTheSamePicture() {
        Dataset stacked = open("stacked-mnist");
        byte[] once = new byte[stacked.codec().bytes()];
        byte[] again = new byte[stacked.codec().bytes()];
        byte[] next = new byte[stacked.codec().bytes()];
        stacked.read(7, once, 0);
        stacked.read(7, again, 0);
        stacked.read(8, next, 0);

        assertThat(again).isEqualTo(once);
        assertThat(next).isNotEqualTo(once);
    }

    private static Dataset open(String recipe) {
        return Datasets.open(Gander.recipe(recipe).data(), DataListener.SILENT, () -> false);
    }
}
