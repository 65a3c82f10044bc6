package io.gander.download;

import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.recipe.DataName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sets that are known by name: what they are, whether they are here, and how they get here. A file in the set's folder
 * is used however it came there, by {@link #fetch} or by the user's own hand, if its SHA-256 is right.
 */
public final class NamedSets {
    private final Map<DataName, NamedSet> catalogue = new EnumMap<>(DataName.class);
    private final Path folder;
    private final Supplier<Fetcher> fetcher;

    /** Where a set is. */
    public enum Place {
        /** In a jar of Gander's. */
        BUILT_IN,
        /** In the cache folder. */
        CACHE,
        /** Where a package of the operating system put it. */
        SYSTEM,
        /** It is to be fetched. */
        NOWHERE
    }

    /**
     * Sets from elsewhere, for tests.
     *
     * @param folder where each has a folder, by its key
     */
    NamedSets(List<NamedSet> sets, Path folder, Supplier<Fetcher> fetcher) {
        sets.forEach(set -> catalogue.put(set.name(), set));
        this.folder = folder;
        this.fetcher = fetcher;
    }

    /** All sets, at their makers' homes. */
    public static NamedSets official() {
        return new NamedSets(Catalogue.official(), CacheFolder.root().resolve("sets"), Fetcher::real);
    }

    public List<NamedSet> all() {
        return List.copyOf(catalogue.values());
    }

    /** What is known of a set; not for {@link DataName#FILES}, which is none. */
    public NamedSet set(DataName name) {
        NamedSet set = catalogue.get(name);
        if (set == null) {
            throw new IllegalArgumentException(name.key());
        }
        return set;
    }

    /** The folder in the cache that holds the set's files, or shall hold them; it may not exist. */
    public Path folder(DataName name) {
        return folder.resolve(name.key());
    }

    public Place place(DataName name) {
        NamedSet set = set(name);
        if (set.files().isEmpty()) {
            return Place.BUILT_IN;
        }
        if (shelf(set).seemsWhole()) {
            return Place.CACHE;
        }
        return set.inSystem() ? Place.SYSTEM : Place.NOWHERE;
    }

    private Shelf shelf(NamedSet set) {
        String key = set.name().key();
        return new Shelf(
                new Wanted(key, "'" + ShellCommand.of("data", "get", key) + "'"), folder(set.name()), set.files());
    }

    /** Whether nothing needs to be fetched. Quick: whether the files are right is seen when they are used. */
    public boolean present(DataName name) {
        return place(name) != Place.NOWHERE;
    }

    /** Bytes that {@link #fetch} would still have to bring; about, where no length is published. */
    public long missing(DataName name) {
        if (present(name)) {
            return 0;
        }
        NamedSet set = set(name);
        long bytes = 0;
        for (NamedFile file : set.files()) {
            Path target = shelf(set).path(file);
            if (!Files.isRegularFile(target)) {
                bytes += Math.max(
                        0, file.bytes() - new Part(target).path().toFile().length());
            }
        }
        return bytes;
    }

    /**
     * One file of a set, ready to be read. Its SHA-256 is computed once; later only its length and time of change are looked
     * at.
     *
     * @throws UserError if it is not here, or is not what it should be
     */
    public Path file(DataName name, String file) {
        NamedSet set = set(name);
        NamedFile known = set.files().stream()
                .filter(candidate -> candidate.name().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name.key() + " has no " + file));
        return switch (place(name)) {
            case CACHE -> shelf(set).check(known);
            // The package manager has checked it; and the archive may be packed otherwise than at home.
            case SYSTEM -> Path.of(set.systemFolder(), file);
            case BUILT_IN -> throw new IllegalArgumentException(name.key());
            case NOWHERE ->
                throw new UserError("the data set " + name.key() + " is not here: fetch it with '"
                        + ShellCommand.of("data", "get", name.key()) + "' (" + Math.max(1, missing(name) / 1_000_000)
                        + " MB).");
        };
    }

    /** The SHA-256 with which a file in the cache was accepted, or null if it has not been looked at. */
    public @Nullable String remembered(DataName name, NamedFile file) {
        return Checksums.remembered(shelf(set(name)).path(file));
    }

    /**
     * Fetches what is missing. If another process is doing so, waits for it.
     *
     * @throws UserError if it cannot be had, in one line that says how to get it otherwise
     */
    public void fetch(DataName name, DownloadListener listener) {
        if (place(name) != Place.BUILT_IN && place(name) != Place.SYSTEM) {
            shelf(set(name)).fetch(fetcher, listener);
        }
    }
}
