package io.gander.modality;

import io.gander.error.BrokenExample;
import io.gander.image.Sheet;
import io.gander.layer.Output;
import io.gander.layer.Shape;
import io.gander.source.Content;
import io.gander.tensor.Draws;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What an example is, for networks and for people. Fitted once to the data, and kept in the run directory. Immutable; safe for
 * many threads.
 */
public interface Codec {
    /** What people call several examples, such as "pictures". */
    String things();

    /** The sizes of one example as networks see it, without the batch. */
    Shape shape();

    /** 2 where an example is a pair, whose parts lie behind each other along the first axis; else 1. */
    default int members() {
        return 1;
    }

    // ---- once, before training

    /** How many examples are made of one item of the source. */
    default int parts() {
        return 1;
    }

    /** In words that change whenever the stored bytes of the same items would. */
    String storage();

    /** Bytes of one stored example, both members of a pair. */
    int bytes();

    /**
     * Decodes an item: {@link #parts} examples of {@link #bytes} each.
     *
     * @throws BrokenExample if it cannot be used
     */
    byte[] encode(List<Content> contents) throws BrokenExample;

    /** What there is to say of an item before it is brought to its stored form: for checks of data. */
    Inspection inspect(List<Content> contents) throws BrokenExample;

    /**
     * An item as it lies in its source.
     *
     * @param sizes such as width and height, pixels
     * @param channels such as 3 for colour
     * @param values its decoded numbers, by which doubles are found
     * @param thumbnails small pictures of its members
     */
    record Inspection(List<Integer> sizes, int channels, byte[] values, List<BufferedImage> thumbnails) {}

    // ---- each step

    /** Bytes of what a step takes of a stored example. */
    default int takenBytes() {
        return bytes();
    }

    /**
     * What a step takes of a stored example, such as a part of a larger picture; all of it unless a kind says otherwise.
     *
     * @param target gets {@link #takenBytes} from {@code offset} on
     */
    default void take(byte[] stored, byte[] target, int offset, SplittableRandom random) {
        System.arraycopy(stored, 0, target, offset, stored.length);
    }

    /**
     * Examples as numbers: [n, …] with the sizes of {@link #shape}, the members of a pair along the first of them. Also of stored
     * examples whole, whose axes may be longer.
     *
     * @param bytes of n examples, one behind the other
     */
    Tensor load(byte[] bytes, int n);

    /** Changes a batch at random, such as by mirroring. */
    default Tensor augment(Tensor batch, Draws draws) {
        return batch;
    }

    /** The same without what {@link #take} and {@link #augment} draw. */
    default Codec plain() {
        return this;
    }

    // ---- the range that networks make

    /**
     * The same with numbers in the range of a generator's last activation.
     *
     * @throws io.gander.error.UserError if this kind cannot be held in it
     */
    Codec within(Output output);

    /** What networks made, as measures and files know it: such as pictures in 0…1. */
    Tensor natural(Tensor made);

    // ---- for people

    /** Each example as a picture of its own. */
    List<BufferedImage> pictures(Tensor made);

    /**
     * Some examples in one picture, row by row.
     *
     * @param columns batches of which number i stand side by side
     */
    default BufferedImage preview(List<Tensor> columns) {
        List<List<BufferedImage>> pictures = new ArrayList<>();
        columns.forEach(column -> pictures.add(pictures(column)));
        return Sheet.of(Sheet.sideBySide(pictures), 0);
    }

    /** How many samples are wanted to show so many. */
    default int previewed(int asked) {
        return asked;
    }

    /**
     * Samples in one picture, where what the discriminator thinks can be shown beside them.
     *
     * @param real some real examples
     * @param critic from examples to logits, [n, 1]
     */
    default BufferedImage preview(Tensor made, Supplier<Tensor> real, UnaryOperator<Tensor> critic) {
        return preview(List.of(made));
    }

    /** The endings of the files that examples are written to, the usual one first. */
    List<Format> formats();

    /**
     * A kind of file.
     *
     * @param ending such as "png"
     * @param many whether one file holds any number of examples; else it holds one
     */
    record Format(String ending, boolean many) {}

    /**
     * A file's bytes.
     *
     * @param made [n, …], with n = 1 where the format holds one
     * @param text what the file says of itself, by keyword, where its format can
     */
    byte[] file(Tensor made, Format format, Map<String, String> text) throws IOException;

    /** What must be known to restore this codec without the data, as JSON has it. */
    Map<String, Object> facts();
}
