package io.gander;

import io.gander.data.Dataset;
import io.gander.image.Resize;
import io.gander.modality.Codec;
import io.gander.modality.Image;
import io.gander.modality.Modalities;
import io.gander.oracle.Oracle;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.recipe.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Examples in memory, one array each. */
public record Raw(List<byte[]> examples, Codec codec) implements Dataset {
    /**
     * Pictures as they are, or pairs of them.
     *
     * @param members 1, or 2 for pairs
     */
    public Raw(List<byte[]> examples, int members, int channels, int side) {
        this(examples, pictures(members, channels, side));
    }

    /** Of pictures as they are. */
    public static Codec pictures(int members, int channels, int side) {
        Pairs pairs = members == 2 ? Pairs.BY_NAME : Pairs.NONE;
        return new Image(side, channels, side, Resize.LANCZOS, Image.Crop.CENTRE, false, 0, 0, pairs).codec();
    }

    /** An oracle's pictures, or pairs of them: arrays of [n, c, side, side] whose values are bytes. */
    public static Raw of(Oracle oracle, String... arrays) {
        long[] sizes = oracle.array(arrays[0]).sizes();
        int plane = (int) (sizes[1] * sizes[2] * sizes[3]);
        List<byte[]> examples = new ArrayList<>();
        for (int n = 0; n < sizes[0]; n++) {
            byte[] example = new byte[arrays.length * plane];
            for (int i = 0; i < example.length; i++) {
                float[] values = oracle.array(arrays[i / plane]).values();
                example[i] = (byte) (int) values[n * plane + i % plane];
            }
            examples.add(example);
        }
        return new Raw(examples, arrays.length, (int) sizes[1], (int) sizes[2]);
    }

    /** Grey pictures of a disc of some size, place and brightness; where they are pairs, with what is made of each. */
    public static Raw discs(int count, int side, long seed, Partner... partners) {
        List<byte[]> examples = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        int plane = side * side;
        for (int n = 0; n < count; n++) {
            double x = random.nextDouble(side * 0.3, side * 0.7);
            double y = random.nextDouble(side * 0.3, side * 0.7);
            double radius = random.nextDouble(side * 0.15, side * 0.35);
            int bright = random.nextInt(150, 256);
            byte[] example = new byte[(1 + partners.length) * plane];
            for (int i = 0; i < plane; i++) {
                int value = Math.hypot(i % side + 0.5 - x, Math.floorDiv(i, side) + 0.5 - y) < radius ? bright : 20;
                example[i] = (byte) value;
                for (int p = 0; p < partners.length; p++) {
                    example[(p + 1) * plane + i] = (byte) partners[p].of(value);
                }
            }
            examples.add(example);
        }
        return new Raw(examples, 1 + partners.length, 1, side);
    }

    /** The same with a recipe's own crops, mirrors and colours. */
    public Raw as(Recipe recipe) {
        return new Raw(examples, Modalities.of(recipe.data()).codec());
    }

    /** A pixel of the second picture, from that of the first. */
    public interface Partner {
        int of(int value);
    }

    @Override
    public String name() {
        return "raw";
    }

    @Override
    public int count() {
        return examples.size();
    }

    @Override
    public void read(int index, byte[] target, int offset) {
        System.arraycopy(examples.get(index), 0, target, offset, codec.bytes());
    }

    @Override
    public String fingerprint() {
        return "raw";
    }
}
