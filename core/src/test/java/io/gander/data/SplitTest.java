package io.gander.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gander.Raw;
import io.gander.modality.Codec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
    private static final Codec CODEC = Raw.pictures(1, 1, 2);

    /** Examples of four pixels that hold their number; each picture was cut into some parts. */
    private record Numbered(int count, int parts) implements Dataset {
        @Override
        public String name() {
            return "numbered";
        }

        @Override
        public Codec codec() {
            return CODEC;
        }

        @Override
        public void read(int index, byte[] target, int offset) {
            for (int i = 0; i < 4; i++) {
                target[offset + i] = (byte) (index >> (8 * i));
            }
        }

        @Override
        public String fingerprint() {
            return "numbered";
        }

        @Override
        public List<String> labels() {
            return List.of("even", "odd");
        }

        @Override
        public int label(int index) {
            return index % 2;
        }
    }

    private static List<Integer> numbers(Dataset part) {
        List<Integer> numbers = new ArrayList<>();
        byte[] bytes = new byte[6];
        for (int i = 0; i < part.count(); i++) {
            part.read(i, bytes, 1);
            numbers.add((bytes[1] & 255) | ((bytes[2] & 255) << 8) | ((bytes[3] & 255) << 16));
        }
        return numbers;
    }

    @ParameterizedTest
    @CsvSource({"1000, 1, 10", "1000, 1, 0.5", "5000, 1, 33", "600, 6, 10", "6000, 6, 25", "60, 4, 50", "7, 1, 90"})
    void everyExampleIsInOnePartAndTheShareIsAboutRight(int count, int parts, double percent) {
        Split split = Split.of(new Numbered(count, parts), percent);

        List<Integer> training = numbers(split.training());
        List<Integer> held = numbers(split.heldOut());
        Set<Integer> all = new HashSet<>(training);
        all.addAll(held);
        assertThat(all).hasSize(count);
        assertThat(training.size() + held.size()).isEqualTo(count);
        assertThat((double) held.size() / count).isCloseTo(percent / 100, within(16.0 * parts / count + 1e-9));
        assertThat(training).isNotEmpty().isSorted();
    }

    @Test
    void whatWasCutFromOnePictureStaysTogether() {
        for (int pictures : new int[] {3, 20, 300, 5000}) {
            Split split = Split.of(new Numbered(pictures * 6, 6), 20);
            Set<Integer> training = new HashSet<>();
            numbers(split.training()).forEach(n -> training.add(n / 6));
            Set<Integer> held = new HashSet<>();
            numbers(split.heldOut()).forEach(n -> held.add(n / 6));
            assertThat(held).doesNotContainAnyElementsOf(training);
        }
    }

    @Test
    void whatIsHeldOutIsSpreadOverTheSetInGroupsOfNeighbours() {
        List<Integer> held = numbers(Split.of(new Numbered(8000, 1), 10).heldOut());

        assertThat(held).hasSize(800);
        for (int tenth = 0; tenth < 8000; tenth += 800) {
            int from = tenth;
            assertThat(held.stream().filter(n -> n >= from && n < from + 800).count())
                    .isEqualTo(80);
        }
        for (int i = 0; i < 800; i++) {
            assertThat(held.get(i) - held.get(i / 16 * 16)).isEqualTo(i % 16);
        }
    }

    @Test
    void withoutAShareEverythingIsForTraining() {
        Numbered all = new Numbered(9, 1);
        assertThat(Split.of(all, 0).training()).isSameAs(all);
        assertThat(Split.of(all, 0).heldOut().count()).isZero();
        assertThat(Split.none(all).heldOut().count()).isZero();
    }

    @Test
    void ofASetTooSmallForItsShareTheLastPictureIsHeldOut() {
        Split split = Split.of(new Numbered(9, 1), 10);
        assertThat(numbers(split.heldOut())).containsExactly(8);
        assertThat(numbers(split.training())).hasSize(8);
        Split tiles = Split.of(new Numbered(9, 3), 10);
        assertThat(numbers(tiles.heldOut())).containsExactly(6, 7, 8);
    }

    @Test
    void aPartSaysWhatTheWholeSays() {
        Split split = Split.of(new Numbered(100, 1), 10);
        Dataset held = split.heldOut();

        assertThat(held.name()).isEqualTo("numbered");
        assertThat(held.fingerprint()).isEqualTo("numbered");
        assertThat(held.codec()).isSameAs(CODEC);
        assertThat(held.labels()).containsExactly("even", "odd");
        List<Integer> numbers = numbers(held);
        for (int i = 0; i < held.count(); i++) {
            assertThat(held.label(i)).isEqualTo(numbers.get(i) % 2);
        }
    }
}
