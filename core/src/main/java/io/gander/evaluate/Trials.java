package io.gander.evaluate;

import io.gander.data.DataListener;
import io.gander.data.Dataset;
import io.gander.data.Datasets;
import io.gander.data.Degradation;
import io.gander.error.UserError;
import io.gander.image.Bitmap;
import io.gander.image.BrokenPicture;
import io.gander.network.Architectures;
import io.gander.network.Output;
import io.gander.network.TranslatorArchitecture;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import io.gander.source.Item;
import io.gander.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a generator is tried on: pictures that it did not learn from, each with what shall become of it. */
public final class Trials {
    private final Recipe recipe;
    private final Degradation degradation;
    private final DataListener listener;

    /** @param recipe what the generator was trained with, which also says how inputs are made of good pictures */
    public Trials(Recipe recipe, DataListener listener) {
        TranslatorArchitecture architecture = Architectures.translator(recipe);
        Output output = architecture.output();
        this.recipe = recipe;
        this.degradation = new Degradation(recipe.degrade(), architecture.scale(), output.low(), output.high());
        this.listener = listener;
    }

    /**
     * The examples that were held out of training.
     *
     * @param set 0, or 1 for the second set of an unpaired game
     * @throws UserError if there are none
     */
    public void heldOut(int set, Consumer<Trial> consumer) {
        Dataset dataset =
                Datasets.split(recipe.data(), listener, () -> false).get(set).heldOut();
        if (dataset.count() == 0) {
            throw new UserError("no example was held out of training: name other pictures with --data, or train with"
                    + " data.held-out: 10.");
        }
        prepared(dataset, consumer);
    }

    /**
     * All examples of a folder or archive, prepared as for training.
     *
     * @param second where the other pictures of the pairs lie; null for none
     */
    public void prepared(Path path, @Nullable Path second, Consumer<Trial> consumer) {
        Recipe other = recipe.with("data.path", Recipe.quoted(path.toString()));
        other = second == null ? other : other.with("data.second", Recipe.quoted(second.toString()));
        if (other.data().pairs() == DataRecipe.Pairs.UNPAIRED) {
            other = other.with("data.pairs", "none").with("data.second", "''");
        }
        prepared(Datasets.open(other.data(), listener, () -> false), consumer);
    }

    private void prepared(Dataset dataset, Consumer<Trial> consumer) {
        byte[] example = new byte[dataset.bytes()];
        for (int i = 0; i < dataset.count(); i++) {
            dataset.read(i, example, 0);
            Bitmap first = square(dataset, example, 0);
            String name = String.valueOf(i);
            if (dataset.pictures() == 1) {
                consumer.accept(new Trial(name, degraded(first, i), first));
            } else {
                Bitmap second = square(dataset, example, 1);
                boolean forward = recipe.data().direction() == DataRecipe.Direction.A_TO_B;
                consumer.accept(forward ? new Trial(name, first, second) : new Trial(name, second, first));
            }
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
        return recipe.game() == Recipe.Game.UNPAIRED ? good : degradation.apply(good, seed);
    }

    /**
     * Whole pictures at their own size, as the papers on super-resolution have it.
     *
     * @param inputs a folder with the inputs, in the same order; null to make them of the good pictures
     */
    public void whole(Path good, @Nullable Path inputs, Consumer<Trial> consumer) {
        List<Item> truths = items(good);
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
            consumer.accept(new Trial(truths.get(i).name(), input, whole));
        }
    }

    private static Iterator<Item> given(Path inputs, int count) {
        List<Item> items = items(inputs);
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
