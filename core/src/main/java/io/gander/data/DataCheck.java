package io.gander.data;

import io.gander.error.BrokenExample;
import io.gander.image.Sheet;
import io.gander.modality.Codec;
import io.gander.modality.Modalities;
import io.gander.recipe.DataRecipe;
import io.gander.source.Item;
import io.gander.source.Source;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Decodes everything that a recipe's {@code data} names, and tells what is there and what is wrong with it. */
public final class DataCheck {
    private static final int SHEET = 64; // pictures

    /**
     * What was found.
     *
     * @param name the source's
     * @param examples broken ones included
     * @param formats examples by the ending of their names
     * @param colour how many of the usable ones are in colour
     * @param shorterSide smallest, median and largest shorter side, pixels; empty if no picture is usable
     * @param twiceAsWide how many are exactly twice as wide as high, as pairs side by side are
     * @param classes examples a class, by name
     * @param broken those that cannot be used, in the source's order
     * @param duplicates pictures with the same pixels as an earlier one
     */
    public record Report(
            String name,
            int examples,
            Map<String, Integer> formats,
            int colour,
            List<Integer> shorterSide,
            int twiceAsWide,
            Map<String, Integer> classes,
            List<Broken> broken,
            List<Duplicate> duplicates) {
        /** How many examples can be used. */
        public int usable() {
            return examples - broken.size();
        }

        /** How many cannot, in per cent. */
        public double brokenPercent() {
            return examples == 0 ? 0 : 100.0 * broken.size() / examples;
        }
    }

    /** A picture, and the earlier one that it equals. */
    public record Duplicate(String name, String of) {}

    /** A report, and a sheet of some pictures, drawn by chance, as training will see them; null if none is usable. */
    public record Result(Report report, @Nullable BufferedImage sheet) {}

    /** 64 bits of checksums, and how many bytes they are of: two of a million pictures will not meet by chance. */
    private record Hash(long sums, long bytes) {}

    /** What is remembered of an example. */
    private record Seen(int index, String name, Hash hash) {}

    /** An example of the sheet: one picture, or the two of a pair. */
    private record Thumb(int index, List<BufferedImage> pictures) {}

    private final Codec codec;
    private final Map<String, Integer> formats = new TreeMap<>();
    private final Map<String, Integer> classes = new TreeMap<>();
    private final Map<Integer, Broken> broken = new TreeMap<>();
    private final Map<Hash, Seen> first = new HashMap<>();
    private final Map<Integer, Seen> copies = new TreeMap<>();
    private final TreeMap<Long, Thumb> thumbs = new TreeMap<>();
    private int[] sides = new int[1024];
    private int usable;
    private int colour;
    private int twiceAsWide;
    /** The highest rank that is still shown. */
    private volatile long largest = Long.MAX_VALUE;

    private DataCheck(DataRecipe recipe) {
        this.codec = Modalities.of(recipe).codec();
    }

    /**
     * Looks at every example.
     *
     * @param stop true gives up with a {@link java.util.concurrent.CancellationException}
     */
    public static Result run(DataRecipe recipe, DataListener listener, BooleanSupplier stop) throws IOException {
        DataCheck check = new DataCheck(recipe);
        Source source = Datasets.source(recipe, Datasets.place(recipe));
        int examples = Workers.run(source, check::count, check::look, listener, stop);
        if (examples == 0) {
            throw Datasets.none(source);
        }
        return new Result(check.report(source.name(), examples), check.sheet());
    }

    private void count(Item item, int index) {
        int dot = item.name().lastIndexOf('.');
        String ending = dot > item.name().lastIndexOf('/') ? item.name().substring(dot + 1) : "array";
        formats.merge(ending.toLowerCase(Locale.ROOT), 1, Integer::sum);
        String label = item.label();
        if (label != null) {
            classes.merge(label, 1, Integer::sum);
        }
    }

    private void look(Item item, int index) {
        try {
            Codec.Inspection seen = codec.inspect(item.contents());
            note(item, index, seen);
            if (rank(index) <= largest) {
                keepThumb(index, seen.thumbnails());
            }
        } catch (BrokenExample e) {
            synchronized (this) {
                broken.put(index, Broken.of(item, e));
            }
        }
    }

    /** Two checksums that processors compute: SHA-256 would take longer than decoding does. */
    private static Hash hash(Codec.Inspection seen) {
        CRC32 first = new CRC32();
        CRC32C second = new CRC32C();
        for (int size : seen.sizes()) {
            first.update(size);
            first.update(size >> 8); // one byte at a time
        }
        first.update(seen.values());
        second.update(seen.values());
        return new Hash(first.getValue() << 32 | second.getValue(), seen.values().length);
    }

    private void note(Item item, int index, Codec.Inspection seen) {
        note(item, index, seen, hash(seen));
    }

    private synchronized void note(Item item, int index, Codec.Inspection seen, Hash hash) {
        List<Integer> sizes = seen.sizes();
        if (usable == sides.length) {
            sides = Arrays.copyOf(sides, 2 * usable);
        }
        sides[usable++] = Collections.min(sizes);
        colour += seen.channels() == 3 ? 1 : 0;
        twiceAsWide += sizes.size() == 2 && sizes.get(0) == 2 * sizes.get(1) ? 1 : 0;
        Seen now = new Seen(index, item.name(), hash);
        Seen before = first.putIfAbsent(hash, now);
        if (before != null) {
            boolean earlier = before.index < index;
            Seen original = earlier ? before : now;
            Seen copy = earlier ? now : before;
            first.put(hash, original);
            copies.put(copy.index, copy);
        }
    }

    /** By chance, the same at every look: whatever order the set has, the sheet has of all. */
    private static long rank(int index) {
        return new SplittableRandom(index).nextLong();
    }

    /** Those of the lowest ranks. */
    private synchronized void keepThumb(int index, List<BufferedImage> small) {
        thumbs.put(rank(index), new Thumb(index, small));
        if (thumbs.size() > SHEET) {
            thumbs.pollLastEntry();
            largest = thumbs.lastKey();
        }
    }

    private Report report(String name, int examples) {
        int[] sorted = Arrays.copyOf(sides, usable);
        Arrays.sort(sorted);
        return new Report(
                name,
                examples,
                formats,
                colour,
                usable == 0 ? List.of() : List.of(sorted[0], sorted[usable / 2], sorted[usable - 1]),
                twiceAsWide,
                classes,
                List.copyOf(broken.values()),
                copies.values().stream()
                        .map(copy -> new Duplicate(copy.name, first.getOrDefault(copy.hash, copy).name))
                        .toList());
    }

    private @Nullable BufferedImage sheet() {
        if (thumbs.isEmpty()) {
            return null;
        }
        List<BufferedImage> shown = new ArrayList<>();
        thumbs.values().stream()
                .sorted(Comparator.comparingInt(Thumb::index))
                .forEach(thumb -> shown.addAll(thumb.pictures));
        return Sheet.of(shown, codec.members() == 1 ? 0 : 8); // an even number keeps pairs side by side
    }
}
