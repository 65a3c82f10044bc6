package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Pairs that lie in two folders under equal names; the endings may differ. What has no partner is broken. */
final class ByName implements Source {
    private final Folder first;
    private final Folder second;
    private final List<Pair> pairs;

    private record Pair(
            String name, @Nullable Item a, @Nullable Item b) implements Item {
        @Override
        public @Nullable String label() {
            return a == null ? null : a.label();
        }

        @Override
        public List<Content> contents() throws BrokenExample {
            if (a == null || b == null) {
                throw new BrokenExample(
                        BrokenExample.Kind.NO_PARTNER,
                        "has no partner in the " + (a == null ? "first" : "second") + " folder");
            }
            return List.of(a.contents().get(0), b.contents().get(0));
        }
    }

    private ByName(Folder first, Folder second, List<Pair> pairs) {
        this.first = first;
        this.second = second;
        this.pairs = pairs;
    }

    /** @throws UserError if not a single name lies in both */
    static ByName of(Folder first, Folder second) {
        Set<String> ambiguous = new HashSet<>();
        findAmbiguous(first, ambiguous);
        findAmbiguous(second, ambiguous);
        Map<String, Item> partners = new HashMap<>();
        second.forEach(item -> partners.put(key(item, ambiguous), item));
        Map<String, Pair> pairs = new TreeMap<>();
        first.forEach(item -> {
            String key = key(item, ambiguous);
            pairs.put(key, new Pair(item.name(), item, partners.remove(key)));
        });
        if (pairs.values().stream().allMatch(pair -> pair.b == null)) {
            throw UserError.about(
                    "data.pairs",
                    "not one file in '" + first.name() + "' has the name of a file in '" + second.name()
                            + "'; for pictures that do not belong together set data.pairs=unpaired.");
        }
        partners.forEach((name, item) -> pairs.put(name, new Pair(item.name(), null, item)));
        return new ByName(first, second, new ArrayList<>(pairs.values()));
    }

    /** Adds the names that several files of a folder have but for their endings, as a.jpg and a.png do. */
    private static void findAmbiguous(Folder folder, Set<String> ambiguous) {
        Set<String> seen = new HashSet<>();
        folder.forEach(item -> {
            String name = Names.withoutEnding(item.name());
            if (!seen.add(name)) {
                ambiguous.add(name);
            }
        });
    }

    /** What a file and its partner have in common: the name without its ending, or with it where only that tells. */
    private static String key(Item item, Set<String> ambiguous) {
        String name = Names.withoutEnding(item.name());
        return ambiguous.contains(name) ? item.name() + "/" : name; // no file's name ends like this
    }

    @Override
    public String name() {
        return first.name() + " + " + second.name();
    }

    @Override
    public long count() {
        return pairs.size();
    }

    @Override
    public void identify(Consumer<String> parts) {
        parts.accept("by name");
        first.identify(parts);
        second.identify(parts);
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        pairs.forEach(consumer);
    }
}
