package io.gander.cli;

import io.gander.download.NamedFile;
import io.gander.download.NamedSet;
import io.gander.download.NamedSets;
import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.recipe.DataName;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code gander data}: what there is to train on. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Lists, shows and downloads the data sets that are known by name, and checks your own.",
        subcommands = {DataListCommand.class, DataShowCommand.class, DataGetCommand.class, DataCheckCommand.class})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return 0;
    }

    /** The set of a name, or an error with the nearest names. */
    static NamedSet find(NamedSets sets, String name) {
        List<String> keys = sets.all().stream().map(set -> set.name().key()).toList();
        return sets.all().stream()
                .filter(set -> set.name().key().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError("there is no data set '" + name + "'." + Names.hint(name, keys)));
    }

    /** In words, where a set is. */
    static String place(NamedSets sets, DataName name) {
        return switch (sets.place(name)) {
            case BUILT_IN -> "here, comes with Gander";
            case CACHE -> "here";
            case SYSTEM -> "here, from the operating system";
            case NOWHERE -> "to fetch, " + (exact(sets.set(name)) ? "" : "about ") + size(sets.missing(name));
        };
    }

    private static boolean exact(NamedSet set) {
        return set.files().stream().map(NamedFile::sha256).noneMatch(Objects::isNull);
    }

    /** Numbers of examples, such as "995 + 1,019". */
    static String examples(NamedSet set) {
        return set.examples().stream()
                .map(examples -> String.format(Locale.ROOT, "%,d", examples))
                .collect(Collectors.joining(" + "));
    }

    /** Such as "28×28 grey". */
    static String shape(DataName name) {
        if (!name.kind().equals(DataName.FILES.kind())) {
            return name.kind() + "s";
        }
        int size = name.fallback("size", 0);
        return size + "×" + size + (name.fallback("channels", 3) == 1 ? " grey" : " colour");
    }

    /** Such as "170 MB". */
    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return Math.max(1, bytes / 1000) + " kB";
        }
        return bytes < 1_000_000_000
                ? (bytes + 500_000) / 1_000_000 + " MB"
                : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
