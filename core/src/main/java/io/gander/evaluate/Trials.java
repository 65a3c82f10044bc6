package io.gander.evaluate;

import io.gander.architecture.Architectures;
import io.gander.architecture.TranslatorArchitecture;
import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Degradation;
import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.game.GameOptions;
import io.gander.image.Bitmap;
import io.gander.modality.Image;
import io.gander.modality.ImageCodec;
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
        this.recipe = recipe;
        this.degradation =
                new Degradation(GameOptions.of(recipe).degrade(), architecture.scale(), architecture.output());
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
     * @throws UserError if there are none, or too many of them are broken; about data.path or data.second, the keys that the paths
     *     stand for
     */
    public void prepared(Path path, @Nullable Path second, Taker taker) {
        prepared(Datasets.open(files(path, second), listener, () -> false), taker);
    }

    /** The recipe's section, about other files. */
    private DataRecipe files(Path path, @Nullable Path second) {
        if (second != null && recipe.data().pairs() != DataRecipe.Pairs.BY_NAME) {
            throw UserError.about(
                    "data.second", "a second folder is for runs that learnt from data.pairs: by-name; leave it out.");
        }
        Recipe other = recipe;
        Image image = Image.of(recipe.data());
        if (recipe.data().name() != DataName.FILES) { // whose own size and channels are no longer the default
            other = other.with("data.size", image.size())
                    .with("data.channels", image.channels())
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

    private void prepared(Dataset dataset, Taker taker) {
        ImageCodec codec = Image.of(recipe.data()).codec();
        byte[] example = new byte[dataset.codec().bytes()];
        for (int i = 0; i < dataset.count(); i++) {
            dataset.read(i, example, 0);
            Bitmap first = codec.bitmap(example, 0);
            String name = String.valueOf(i);
            Trial trial;
            if (codec.members() == 1) {
                trial = new Trial(name, degraded(first, i), first);
            } else {
                Bitmap second = codec.bitmap(example, 1);
                boolean forward = recipe.data().direction() == DataRecipe.Direction.A_TO_B;
                trial = forward ? new Trial(name, first, second) : new Trial(name, second, first);
            }
            taker.take(trial, i + 1, dataset.count());
        }
    }

    private Bitmap degraded(Bitmap good, long seed) {
        return degradation.any() ? degradation.apply(good, seed) : good;
    }

    /**
     * Whole pictures at their own size, as the papers on super-resolution have it.
     *
     * @param inputs a folder with the inputs, in the same order; null to make them of the good pictures
     * @throws UserError if there are none, or if a picture is broken or does not fit its input; about data.path or input
     */
    public void whole(Path good, @Nullable Path inputs, Taker taker) {
        List<Item> truths = items("data.path", good);
        if (truths.isEmpty()) {
            throw UserError.about("data.path", "no picture in '" + good + "'; is it the right folder or archive?");
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
        List<Item> items = items("input", inputs);
        if (items.size() != count) {
            throw UserError.about(
                    "input", "'" + inputs + "' holds " + items.size() + " pictures for " + count + " in --data.");
        }
        return items.iterator();
    }

    private static List<Item> items(String subject, Path path) {
        List<Item> items = new ArrayList<>();
        Sources.open(subject, path, Image.pictures()).forEach(items::add);
        return items;
    }

    private Bitmap decode(Item item) {
        try {
            return ImageCodec.decode(item.contents().get(0), 0)
                    .withChannels(Image.of(recipe.data()).channels());
        } catch (BrokenExample e) {
            throw new UserError("'" + item.name() + "' " + e.getMessage() + ": mend it or remove it.", e);
        }
    }
}
