package io.gander.data;

import io.gander.download.NamedFile;
import io.gander.download.NamedSets;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.modality.Image;
import io.gander.modality.Modalities;
import io.gander.modality.Modality;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.DataRecipe.Pairs;
import io.gander.recipe.Recipe;
import io.gander.source.Source;
import io.gander.source.Sources;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The catalogue: from a recipe's section {@code data} to a data set, decoded and cached. */
public final class Datasets {
    private static final int NAMED = 3;

    private Datasets() {}

    /**
     * Opens single pictures or pairs; decodes them first if that was not done before.
     *
     * @param stop asked while decoding; true gives up
     * @throws UserError if there are none, if too many are broken, or if the recipe wants unpaired sets
     * @throws java.util.concurrent.CancellationException if it was asked to stop
     */
    public static Dataset open(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        if (recipe.pairs() == Pairs.UNPAIRED) {
            throw new UserError("data.pairs: unpaired pictures are two sets; open them with openUnpaired.");
        }
        return switch (recipe.name()) {
            case POINTS -> PlanePoints.read(path("data.path", recipe.path()));
            case STACKED_MNIST -> stacked(recipe, listener, stop);
            case RING, GRID, SWISS_ROLL, MOONS, CHECKERBOARD, PARABOLA -> PlanePoints.drawn(recipe.name());
            default -> decoded(recipe, listener, stop);
        };
    }

    private static Dataset decoded(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        Path place = place(recipe);
        return decoded(source(recipe, place), place, recipe, Modalities.of(recipe), listener, stop);
    }

    private static Dataset stacked(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        Image stacked = Image.of(recipe);
        Image grey = stacked.withChannels(1);
        return new Stacked(decoded(Mnist.training(), Path.of("mnist"), recipe, grey, listener, stop), stacked.codec());
    }

    /**
     * Opens what a recipe trains with: one set, or two if they are unpaired; of each, a share is held out if the recipe says
     * so.
     */
    public static List<Split> split(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        List<Dataset> sets = recipe.pairs() == Pairs.UNPAIRED
                ? openUnpaired(recipe, listener, stop)
                : List.of(open(recipe, listener, stop));
        return sets.stream().map(set -> Split.of(set, recipe.heldOut())).toList();
    }

    /**
     * Opens what a recipe keeps from training: one set, or two if they are unpaired. That is the share that it holds out; or, of
     * pairs and unpaired sets known by name, what their makers keep for tests, if it holds out none; else nothing.
     */
    public static List<Dataset> heldOut(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        if (recipe.name() == DataName.FILES || recipe.pairs() == Pairs.NONE || recipe.heldOut() > 0) {
            return split(recipe, listener, stop).stream().map(Split::heldOut).toList();
        }
        List<String> parts = recipe.pairs() == Pairs.UNPAIRED ? List.of("testA", "testB") : List.of("val");
        return parts.stream()
                .<Dataset>map(part -> {
                    Path place = named(recipe.name(), part);
                    return decoded(
                            open("data.path", place, recipe), place, recipe, Modalities.of(recipe), listener, stop);
                })
                .toList();
    }

    /**
     * Opens the pictures that the makers of a set keep for tests.
     *
     * @return null if the set has none, or none of its classes, or if they are not here
     */
    public static @Nullable Dataset test(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        DataName name = recipe.name();
        if (name == DataName.MNIST) {
            return decoded(Mnist.test(), Path.of("mnist-test"), recipe, Modalities.of(recipe), listener, stop);
        }
        if (name == DataName.FASHION_MNIST || name == DataName.KMNIST) {
            Path images = NamedSets.official().file(name, "t10k-images-idx3-ubyte.gz");
            return decoded(open("data.path", images, recipe), images, recipe, Modalities.of(recipe), listener, stop);
        }
        return null;
    }

    /** Opens the two sets of pictures that do not belong together one by one. */
    public static List<Dataset> openUnpaired(DataRecipe recipe, DataListener listener, BooleanSupplier stop) {
        if (recipe.pairs() != Pairs.UNPAIRED) {
            throw new UserError("data.pairs must be unpaired for a game between two sets.");
        }
        boolean files = recipe.name() == DataName.FILES;
        Path first = files ? path("data.path", recipe.path()) : named(recipe.name(), "trainA");
        Path second = files ? path("data.second", recipe.second()) : named(recipe.name(), "trainB");
        Modality kind = Modalities.of(recipe);
        return List.of(
                decoded(open("data.path", first, recipe), first, recipe, kind, listener, stop),
                decoded(open("data.second", second, recipe), second, recipe, kind, listener, stop));
    }

    /** The recipe with whole paths, so that its run can be resumed from any folder. */
    public static Recipe placed(Recipe recipe) {
        Recipe placed = recipe;
        if (!recipe.data().path().isEmpty()) {
            placed = placed.with("data.path", whole("data.path", recipe.data().path()));
        }
        if (!recipe.data().second().isEmpty()) {
            placed = placed.with(
                    "data.second", whole("data.second", recipe.data().second()));
        }
        for (String key : recipe.rules().files()) {
            placed = placed.with(key, whole(key, String.valueOf(recipe.flat().get(key))));
        }
        return placed;
    }

    /** As YAML. */
    private static String whole(String key, String path) {
        return Recipe.quoted(path(key, path).toAbsolutePath().normalize().toString());
    }

    /** What a recipe names, not decoded. */
    static Source source(DataRecipe recipe, Path place) {
        if (recipe.name() == DataName.MNIST || recipe.name() == DataName.STACKED_MNIST) {
            return Mnist.training();
        }
        boolean list = recipe.second().isEmpty() && Files.isRegularFile(place); // that names two files a line
        if (recipe.pairs() == Pairs.BY_NAME && !list) {
            Path second = path("data.second", recipe.second());
            return Sources.byName(
                    "data.path",
                    place,
                    "data.second",
                    second,
                    Modalities.of(recipe).wanted());
        }
        return open("data.path", place, recipe);
    }

    private static Source open(String subject, Path place, DataRecipe recipe) {
        return Sources.open(subject, place, Modalities.of(recipe).wanted());
    }

    /** Where a recipe's pictures lie. */
    static Path place(DataRecipe recipe) {
        return switch (recipe.name()) {
            case FILES -> path("data.path", recipe.path());
            case MNIST, STACKED_MNIST -> Path.of("mnist");
            default -> named(recipe.name(), recipe.pairs() == Pairs.UNPAIRED ? "trainA" : "train");
        };
    }

    /**
     * Where a named set's pictures lie.
     *
     * @param part the folder of pairs, in an archive that holds one folder of the archive's name
     */
    private static Path named(DataName name, String part) {
        NamedSets sets = NamedSets.official();
        List<Path> training = sets.set(name).files().stream()
                .map(NamedFile::name)
                .filter(file -> !file.startsWith("t10k"))
                .map(file -> sets.file(name, file)) // all are checked, labels too
                .toList();
        Path file = training.get(0);
        String root = String.valueOf(file.getFileName()).replaceFirst("\\.(tar\\.gz|zip)$", "");
        return name.pairs() == Pairs.NONE ? file : file.resolve(root).resolve(part);
    }

    private static Path path(String key, String path) {
        if (path.isEmpty()) {
            throw new UserError(key + " is not set: say where your data are, such as --set " + key + "=photos.");
        }
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            throw UserError.about(key, "'" + path + "' cannot be a path (" + e.getReason() + ").", e);
        }
    }

    /** Nothing there: what to say. */
    static UserError none(Source source) {
        return UserError.about(
                "data.path", "no example in '" + source.name() + "'; is it the right folder, archive or array?");
    }

    private static Dataset decoded(
            Source source, Path place, DataRecipe recipe, Modality kind, DataListener listener, BooleanSupplier stop) {
        boolean files = recipe.name() == DataName.FILES;
        String name = files ? source.name() : recipe.name().key();
        String where = files ? place.toAbsolutePath().normalize().toString() : name;
        Decoded dataset = DecodedCache.open(name, source, where, kind.fit(source), listener, stop);
        refuseTooMany(dataset, place, recipe);
        if (dataset.broken() > 0) {
            listener.onWarning(dataset.broken() + " of " + whole(dataset) + " examples in " + dataset.name()
                    + (dataset.broken() == 1 ? " is" : " are") + " left out: " + some(dataset) + ".");
        }
        return dataset;
    }

    private static void refuseTooMany(Decoded dataset, Path place, DataRecipe recipe) {
        double mostPercent = recipe.maxBroken();
        long all = whole(dataset);
        double percent = 100.0 * dataset.broken() / all;
        if (percent > mostPercent || dataset.count() == 0) {
            UserError error = new UserError(String.format(
                    Locale.ROOT,
                    "%,d of %,d examples in '%s' cannot be used (%.1f %%; data.max-broken is %s %%): %s. Mend or remove"
                            + " them (%s lists all).",
                    dataset.broken(),
                    all,
                    place,
                    percent,
                    String.valueOf(mostPercent).replaceFirst("\\.0$", ""),
                    some(dataset),
                    check(place, recipe)));
            throw dataset.count() == 0 ? error : error.orSet("data.max-broken");
        }
    }

    /** The command that checks data as a recipe sees it. */
    private static String check(Path place, DataRecipe recipe) {
        List<String> words = new ArrayList<>(List.of("data", "check", place.toString()));
        if (!recipe.kindName().equals(DataName.FILES.kind())) {
            words.addAll(List.of("--set", "data.kind=" + recipe.kindName()));
        }
        switch (recipe.pairs()) {
            case SIDE_BY_SIDE -> words.addAll(List.of("--set", "data.pairs=side-by-side"));
            case BY_NAME ->
                words.addAll(List.of("--set", "data.pairs=by-name", "--set", "data.second=" + recipe.second()));
            case NONE, UNPAIRED -> {}
        }
        return ShellCommand.of(words.toArray());
    }

    /** How many there were, used or left out; what was cut into tiles counts once. */
    private static long whole(Decoded dataset) {
        return (long) dataset.broken() + dataset.count() / dataset.parts();
    }

    private static String some(Decoded dataset) {
        String named =
                dataset.brokenOnes().stream().limit(NAMED).map(Broken::toString).collect(Collectors.joining("; "));
        int more = dataset.broken() - Math.min(NAMED, dataset.brokenOnes().size());
        return named + (more > 0 ? "; and " + more + " more" : "");
    }
}
