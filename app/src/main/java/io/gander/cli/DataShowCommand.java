package io.gander.cli;

import io.gander.download.NamedFile;
import io.gander.download.NamedSet;
import io.gander.download.NamedSets;
import io.gander.download.NamedSets.Place;
import io.gander.error.ShellCommand;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description = "Shows a named data set: its origin, its terms, its files and where they are.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataShowCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "a name from 'gander data list'")
    String name;

    @Mixin
    Answer answer;

    /**
     * A file.
     *
     * @param sha256 as published, or null
     * @param accepted the SHA-256 of what is here, or null if it has not been looked at
     */
    private record Piece(
            String name,
            long bytes,
            @Nullable String sha256,
            @Nullable String accepted,
            List<String> homes) {}

    @Override
    public Integer call() {
        NamedSets sets = NamedSets.official();
        NamedSet set = DataCommand.find(sets, name);
        List<Piece> pieces = new ArrayList<>();
        for (NamedFile file : set.files()) {
            pieces.add(new Piece(
                    file.name(),
                    file.bytes(),
                    file.sha256(),
                    sets.remembered(set.name(), file),
                    file.homes().stream().map(URI::toString).toList()));
        }
        if (answer.json) {
            printJson(sets, set, pieces);
        } else {
            print(sets, set, pieces);
        }
        return 0;
    }

    private static Path folder(NamedSets sets, NamedSet set) {
        return sets.place(set.name()) == Place.SYSTEM ? Path.of(set.systemFolder()) : sets.folder(set.name());
    }

    private void printJson(NamedSets sets, NamedSet set, List<Piece> pieces) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", set.name().key());
        facts.put("description", set.name().description());
        facts.put("size", set.name().fallback("size", 1));
        facts.put("channels", set.name().fallback("channels", 2));
        facts.put("examples", set.examples());
        facts.put("home", set.home());
        facts.put("terms", set.terms());
        facts.put(
                "place", sets.place(set.name()).name().toLowerCase(Locale.ROOT).replace('_', '-'));
        facts.put("folder", pieces.isEmpty() ? null : folder(sets, set).toString());
        facts.put("missing", sets.missing(set.name()));
        facts.put("files", pieces);
        answer.out().println(Json.pretty(facts));
    }

    private void print(NamedSets sets, NamedSet set, List<Piece> pieces) {
        PrintWriter out = answer.out();
        out.println(set.name().key() + ": " + set.name().description());
        out.println("  examples   " + DataCommand.examples(set) + " to train on, " + DataCommand.shape(set.name()));
        out.println("  home       " + set.home());
        out.println("  terms      " + set.terms());
        out.println("  state      " + DataCommand.place(sets, set.name()));
        out.println("  in recipes data: {name: " + set.name().key() + "}");
        if (pieces.isEmpty()) {
            return;
        }
        boolean here = sets.present(set.name());
        out.println((here ? "  files in   " : "  files go to ") + folder(sets, set));
        for (Piece piece : pieces) {
            boolean exact = piece.sha256 != null;
            out.println("    " + piece.name + ", " + (exact ? "" : "about ") + DataCommand.size(piece.bytes));
            if (sets.place(set.name()) == Place.SYSTEM) {
                continue; // another's packing: lengths and sums are not those of the makers' files
            }
            out.println("      SHA-256 " + sum(piece, sets.place(set.name()) == Place.CACHE));
            piece.homes.forEach(home -> out.println("      from    " + home));
        }
        if (sets.place(set.name()) == Place.NOWHERE) {
            out.println("Fetch it with '"
                    + ShellCommand.of("data", "get", set.name().key())
                    + "', or put the files there by other means: they are checked when they are first used.");
        }
    }

    private static String sum(Piece piece, boolean cached) {
        if (piece.sha256 != null) {
            return piece.sha256;
        }
        return piece.accepted != null && cached
                ? piece.accepted + " (of what came here first; nobody has published one)"
                : "nobody has published one: what comes first is remembered, and must stay so";
    }
}
