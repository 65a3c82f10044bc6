package io.gander.data;

import io.gander.modality.Codec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A data set in two parts that share no item.
 *
 * @param training what the players learn from
 * @param heldOut what they are judged by; empty if everything is for training
 */
public record Split(Dataset training, Dataset heldOut) {
    /** At most so many neighbours are kept together: names that follow each other are often variants of one motif. */
    private static final int NEIGHBOURS = 16;

    /** Everything for training. */
    public static Split none(Dataset all) {
        return new Split(all, new Part(all, new int[0]));
    }

    /**
     * Keeps a share back, spread evenly over the set, in groups of neighbours; the same each time.
     *
     * @param percent of the examples
     */
    public static Split of(Dataset all, double percent) {
        if (percent == 0) {
            return none(all);
        }
        int group = all.parts() * Math.max(1, Math.min(NEIGHBOURS, all.count() / all.parts() / 50));
        Split split = new Split(part(all, group, percent, false), part(all, group, percent, true));
        int few = all.parts(); // of a set too small for the share, one item
        return split.heldOut.count() > 0 || all.count() <= few ? split : last(all, few);
    }

    private static Split last(Dataset all, int count) {
        int from = all.count() - count;
        return new Split(
                new Part(all, IntStream.range(0, from).toArray()),
                new Part(all, IntStream.range(from, all.count()).toArray()));
    }

    private static Dataset part(Dataset all, int group, double percent, boolean held) {
        return new Part(
                all,
                IntStream.range(0, all.count())
                        .filter(i -> held(i / group, percent) == held)
                        .toArray());
    }

    private static boolean held(int group, double percent) {
        return Math.floor((group + 1) * percent / 100) > Math.floor(group * percent / 100);
    }

    /** Some examples of a set. */
    private record Part(Dataset all, int[] places) implements Dataset {
        @Override
        public String name() {
            return all.name();
        }

        @Override
        public int count() {
            return places.length;
        }

        @Override
        public Codec codec() {
            return all.codec();
        }

        @Override
        public void read(int index, byte[] target, int offset) {
            all.read(places[index], target, offset);
        }

        /** The whole set's: with the share it says all. */
        @Override
        public String fingerprint() {
            return all.fingerprint();
        }

        @Override
        public List<String> labels() {
            return all.labels();
        }

        @Override
        public int label(int index) {
            return all.label(places[index]);
        }

        @Override
        public int broken() {
            return all.broken();
        }
    }
}
