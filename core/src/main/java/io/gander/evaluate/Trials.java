package io.gander.evaluate;

import io.gander.architecture.Architectures;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Degradation;
import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import io.gander.layer.Output;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.source.Item;
import io.gander.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a generator is tried on: pictures that it did not learn from, each with what shall become of it. */
public final class Trials {
    /** Gets one trial after the other; may throw to stop. */
    @FunctionalInterface
    public interface Taker {
        /** Takes trial {@code number} of {@code count}; they are counted from 1. */
        void take(Trial trial, int number, int count);
    }

    private final Recipe recipe;
    private final Degradation degradation;
    private final DataListener listener;

    /**
     * Trials of a recipe.
     *
     * @param recipe what the generator was trained with, which also says how inputs are made of good pictures
     */
    public Trials(Recipe recipe, DataListener listener) {
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Output output = architecture.output();
        this.recipe = recipe;
        this.degradation =
                new Degradation(GameOptions.of(recipe).degrade(), architecture.scale(), output.low(), output.high());
        this.listener = listener;
    }

    /**
     * The examples that were held out of training; of a set known by name whose makers keep some for tests, those, if the recipe
     * held out none.
     *
     * @param set 0, or 1 for the second set of an unpaired game
     * @param learntFrom {@link Dataset#fingerprint} of the set when the training began: what is held out of another set may have
     *     been learnt from, which is worth a warning; empty if that is not known
     * @throws UserError if there are none
     */
    public void heldOut(int set, String learntFrom, Taker taker) {
        Dataset dataset = Datasets.heldOut(recipe.data(), listener, () -> false).get(set);
        if (dataset.count() == 0) {
            throw new UserError("no example was held out of training: name other pictures with --data, or train with"
                    + " data.held-out: 10.");
        }
        boolean changed = !learntFrom.isEmpty() && !learntFrom.equals(dataset.fingerprint());
        if (changed && recipe.data().heldOut() > 0) {
            listener.onWarning(
                    "the data changed since this run began, and with it which examples are held out: some of them"
                            + " may have been learnt from.");
        }
        prepared(dataset, taker);
    }

    /**
     * All examples of a folder or archive, prepared as for training.
     *
     * @param second where the other pictures of the pairs lie; null for none
     * @throws UserError if there are none, or too many of them are broken
     */
    public void prepared(Path path, @Nullable Path second, Taker taker) {
        prepared(named(() -> Datasets.open(files(path, second), listener, () -> false)), taker);
    }

    /** The recipe's section, about other files. */
    private DataRecipe files(Path path, @Nullable Path second) {
        Recipe other = recipe;
        if (recipe.data().name() != DataName.FILES) { // whose own size and channels are no longer the default
            other = other.with("data.size", recipe.data().size())
                    .with("data.channels", recipe.data().channels())
                    .with("data.pairs", pairs())
                    .with("data.name", "files");
        }
        other = other.with("data.path", Recipe.quoted(path.toString()));
        if (recipe.data().pairs() == DataRecipe.Pairs.UNPAIRED) {
            other = other.with("data.second", "''").with("data.pairs", "none");
        }
        return (second == null ? other : other.with("data.second", Recipe.quoted(second.toString()))).data();
    }

    private String pairs() {
        return recipe.data().pairs().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What readers of data say of a recipe's keys, said of the options that stand for them here. */
    private static <T> T named(Supplier<T> work) {
        try {
            return work.get();
        } catch (UserError e) {
            String message = String.valueOf(e.getMessage())
                    .replaceFirst("^--set [a-z.-]+: ", "")
                    .replaceFirst("^data\\.path", "--data")
                    .replaceFirst("^data\\.second", "--second")
                    .replaceFirst(", or set data\\.max-broken\\.$", ".");
            throw new UserError(message, e);
        }
    }

    private void prepared(Dataset dataset, Taker taker) {
        byte[] example = new byte[dataset.bytes()];
        for (int i = 0; i < dataset.count(); i++) {
            dataset.read(i, example, 0);
            Bitmap first = square(dataset, example, 0);
            String name = String.valueOf(i);
            Trial trial;
            if (dataset.pictures() == 1) {
                trial = new Trial(name, degraded(first, i), first);
            } else {
                Bitmap second = square(dataset, example, 1);
                boolean forward = recipe.data().direction() == DataRecipe.Direction.A_TO_B;
                trial = forward ? new Trial(name, first, second) : new Trial(name, second, first);
            }
            taker.take(trial, i + 1, dataset.count());
        }
    }

    private Bitmap square(Dataset dataset, byte[] example, int picture) {
        int side = dataset.side();
        int size = recipe.data().size();
        int offset = picture * dataset.channels() * side * side;
        return Bitmap.ofPlanes(example, offset, dataset.channels(), side, side)
                .crop((side - size) / 2, (side - size) / 2, size, size);
    }

    private Bitmap degraded(Bitmap good, long seed) {
        return degradation.any() ? degradation.apply(good, seed) : good;
    }

    /**
     * Whole pictures at their own size, as the papers on super-resolution have it.
     *
     * @param inputs a folder with the inputs, in the same order; null to make them of the good pictures
     * @throws UserError if there are none, or if a picture is broken or does not fit its input
     */
    public void whole(Path good, @Nullable Path inputs, Taker taker) {
        List<Item> truths = named(() -> items(good));
        if (truths.isEmpty()) {
            throw new UserError("--data: no picture in '" + good + "'; is it the right folder or archive?");
        }
        Iterator<Item> given = inputs == null ? null : given(inputs, truths.size());
        int scale = degradation.scale();
        for (int i = 0; i < truths.size(); i++) {
            Bitmap truth = decode(truths.get(i));
            Bitmap whole = truth.crop(0, 0, truth.width() / scale * scale, truth.height() / scale * scale);
            Bitmap input = given == null ? degraded(whole, i) : decode(given.next());
            if (input.width() * scale != whole.width() || input.height() * scale != whole.height()) {
                throw new UserError("'" + truths.get(i).name() + "' has " + truth.width() + "×" + truth.height()
                        + " pixels, and its input " + input.width() + "×" + input.height() + ": that is not 1/" + scale
                        + " of it. Do the names of both folders sort alike?");
            }
            taker.take(new Trial(truths.get(i).name(), input, whole), i + 1, truths.size());
        }
    }

    private static Iterator<Item> given(Path inputs, int count) {
        List<Item> items;
        try {
            items = items(inputs);
        } catch (UserError e) {
            throw new UserError(String.valueOf(e.getMessage()).replaceFirst("^data\\.path", "--input"), e);
        }
        if (items.size() != count) {
            throw new UserError(
                    "--input: '" + inputs + "' holds " + items.size() + " pictures for " + count + " in --data.");
        }
        return items.iterator();
    }

    private static List<Item> items(Path path) {
        List<Item> items = new ArrayList<>();
        Sources.open(path).forEach(items::add);
        return items;
    }

    private Bitmap decode(Item item) {
        try {
            return item.pictures(0).get(0).withChannels(recipe.data().channels());
        } catch (BrokenPicture e) {
            throw new UserError("'" + item.name() + "' " + e.getMessage() + ": mend it or remove it.", e);
        }
    }
}
