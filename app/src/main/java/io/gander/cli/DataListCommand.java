package io.gander.cli;

import io.gander.download.NamedSet;
import io.gander.download.NamedSets;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the named data sets, and whether they are on this machine.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataListCommand implements Callable<Integer> {
    @Mixin
    Answer answer;

    /**
     * What {@code --json} says of each.
     *
     * @param examples one number, or two where two kinds are not paired
     * @param place built-in, cache, system or nowhere
     * @param missing bytes to fetch; about, where no length is published
     */
    private record Entry(
            String name,
            String description,
            int size,
            int channels,
            List<Integer> examples,
            String place,
            long missing) {}

    @Override
    public Integer call() {
        PrintWriter out = answer.out();
        NamedSets sets = NamedSets.official();
        List<Entry> entries = new ArrayList<>();
        for (NamedSet set : sets.all()) {
            entries.add(new Entry(
                    set.name().key(),
                    set.name().description(),
                    set.name().fallback("size", 1),
                    set.name().fallback("channels", 2),
                    set.examples(),
                    sets.place(set.name()).name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    sets.missing(set.name())));
        }
        if (answer.json) {
            out.println(Json.pretty(entries));
            return 0;
        }
        for (NamedSet set : sets.all()) {
            out.println(String.format(
                    Locale.ROOT,
                    "%-22s  %-14s  %13s  %s",
                    set.name().key(),
                    DataCommand.shape(set.name()),
                    DataCommand.examples(set),
                    DataCommand.place(sets, set.name())));
        }
        out.println();
        out.println("'gander data show NAME' tells more; 'gander data get NAME' fetches.");
        return 0;
    }
}
