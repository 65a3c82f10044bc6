package io.gander.recipe;

import io.gander.error.Names;
import io.gander.error.Numbers;
import io.gander.error.UserError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a recipe while it is being read. Each getter names a key, its type, its limits and its default; so the
 * reading is the schema: what is never asked for is unknown, and what was asked for, defaults included, is the resolved
 * recipe. Errors name file, line, what was expected and the nearest known key.
 */
public final class Section {
    private final String path;
    private final Setting.Mapping mapping;
    private final Map<String, Object> resolved = new LinkedHashMap<>();
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private final @Nullable Section around;

    Section(String path, Setting.Mapping mapping) {
        this(path, mapping, null);
    }

    private Section(String path, Setting.Mapping mapping, @Nullable Section around) {
        this.path = path;
        this.mapping = mapping;
        this.around = around;
    }

    /** A section that nobody wrote and nobody will see. */
    static Section empty() {
        return new Section("", new Setting.Mapping(Map.of(), ""));
    }

    /** Where this section, or the key in it, was written: for errors. */
    public String where(String key) {
        Setting setting = mapping.entries().get(key);
        String place = setting == null ? mapping.where() : setting.where();
        return place.equals(full(key)) ? place : place + ": " + full(key); // a change of one key is its own place
    }

    public boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** A nested section; empty if it was not written. All who ask for it share one. */
    public Section section(String key) {
        Section known = sections.get(key);
        if (known != null) {
            return known;
        }
        Setting setting = mapping.entries().get(key);
        if (setting != null && !(setting instanceof Setting.Mapping)) {
            throw new UserError(where(key) + " must be a group of keys, such as " + key + ": {…}.");
        }
        Setting.Mapping inner =
                setting instanceof Setting.Mapping m ? m : new Setting.Mapping(Map.of(), mapping.where());
        Section section = new Section(full(key), inner, this);
        sections.put(key, section);
        resolved.put(key, section.resolved);
        return section;
    }

    public String text(String key, @Nullable String fallback) {
        return value(key, fallback, "a word", Function.identity());
    }

    /** One of the constants of an enum, written in kebab case. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, @Nullable E fallback) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            names.add(kebab(constant));
        }
        String name = choice(key, names, fallback == null ? null : kebab(fallback));
        return type.getEnumConstants()[names.indexOf(name)];
    }

    /** A key whose value is one of some names; others are refused with the nearest. */
    public String choice(String key, Collection<String> names, @Nullable String fallback) {
        String name = text(key, fallback);
        if (!names.contains(name)) {
            throw new UserError(where(key) + " is '" + name + "'." + Names.hint(name, names));
        }
        return name;
    }

    public boolean flag(String key, boolean fallback) {
        return value(key, fallback, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    /** A whole number from {@code least} to {@code most}. */
    public int integer(String key, @Nullable Integer fallback, int least, int most) {
        String expected = most == Integer.MAX_VALUE
                ? "a whole number of at least " + least
                : "a whole number from " + least + " to " + most;
        return value(key, fallback, expected, text -> within(Integer.valueOf(text), least, most));
    }

    /** A whole number from {@code base}, which is the default, to {@code most}; or a share of the base, such as 112%. */
    public int length(String key, int base, int most) {
        String expected = "a whole number from " + base + " to " + most + ", or per cent of " + base + ", such as 112%";
        return value(key, base, expected, text -> {
            boolean share = text.endsWith("%");
            String number = share ? text.substring(0, text.length() - 1) : text;
            int length = share ? (int) Math.round(Double.parseDouble(number) / 100 * base) : Integer.parseInt(number);
            return within(length, base, most);
        });
    }

    /** A number from {@code least} to {@code most}. */
    public double real(String key, @Nullable Double fallback, double least, double most) {
        String expected = most == Double.MAX_VALUE
                ? "a number of at least " + Numbers.text(least)
                : "a number from " + Numbers.text(least) + " to " + Numbers.text(most);
        return value(key, fallback, expected, text -> within(Double.valueOf(text), least, most));
    }

    public List<Integer> integers(String key, @Nullable List<Integer> fallback, int least) {
        return list(
                key,
                fallback,
                "a list of whole numbers of at least " + least + ", such as [128, 256]",
                text -> within(Integer.valueOf(text), least, Integer.MAX_VALUE));
    }

    /** Constants of an enum, each written in kebab case. */
    public <E extends Enum<E>> List<E> choices(String key, Class<E> type, List<E> fallback) {
        List<String> names =
                Stream.of(type.getEnumConstants()).map(Section::kebab).toList();
        List<String> chosen = texts(key, fallback.stream().map(Section::kebab).toList(), "a list of some of " + names);
        List<E> constants = new ArrayList<>();
        for (String name : chosen) {
            int index = names.indexOf(name);
            if (index < 0) {
                throw new UserError(where(key) + " has '" + name + "'." + Names.hint(name, names));
            }
            constants.add(type.getEnumConstants()[index]);
        }
        return List.copyOf(constants);
    }

    /** A key whose value is a list of texts. */
    List<String> texts(String key, List<String> fallback, String expected) {
        return list(key, fallback, expected, Function.identity());
    }

    /** Exactly {@code count} numbers. */
    public List<Double> reals(String key, List<Double> fallback, int count, double least, double most) {
        String expected = "a list of " + count + " numbers from " + Numbers.text(least) + " to " + Numbers.text(most);
        List<Double> values = list(key, fallback, expected, text -> within(Double.valueOf(text), least, most));
        if (values.size() != count) {
            throw new UserError(where(key) + " must be " + expected + "; found " + values.size() + ".");
        }
        return values;
    }

    /** One number, or a list of two: from where to where. */
    public Range range(String key, double fallback, double least, double most) {
        if (mapping.entries().get(key) instanceof Setting.Sequence) {
            List<Double> ends = reals(key, List.of(fallback, fallback), 2, least, most);
            if (ends.get(0) > ends.get(1)) {
                throw new UserError(where(key) + " must go from the smaller to the larger number; found " + ends + ".");
            }
            return new Range(ends.get(0), ends.get(1));
        }
        double value = real(key, fallback, least, most);
        return new Range(value, value);
    }

    /** Ends the reading of this section and of those in it: a key that nobody asked for is an error. */
    public void finish() {
        finish(key -> "");
    }

    /**
     * The same, for sections some of whose keys are known under other conditions.
     *
     * @param condition says of a key, dotted, under which it would be known; empty if under none
     */
    void finish(Function<String, String> condition) {
        for (Map.Entry<String, Setting> entry : mapping.entries().entrySet()) {
            String key = entry.getKey();
            if (!resolved.containsKey(key)) {
                String known = condition.apply(full(key));
                throw known.isEmpty()
                        ? unknown(key, entry.getValue(), resolved.keySet())
                        : new UserError(entry.getValue().where() + ": '" + full(key) + "' is a key of " + known
                                + ": leave it out.");
            }
        }
        sections.values().forEach(section -> section.finish(condition));
    }

    /** Whether somebody asked for a key of this section. */
    public boolean asked(String key) {
        return resolved.containsKey(key);
    }

    /** What was read, in order, defaults included. */
    Map<String, Object> resolved() {
        return resolved;
    }

    private String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private <T> T value(String key, @Nullable T fallback, String expected, Function<String, T> parse) {
        Setting setting = mapping.entries().get(key);
        T value;
        if (setting == null) {
            if (fallback == null) {
                throw missing(key, expected);
            }
            value = fallback;
        } else if (setting instanceof Setting.Scalar scalar) {
            value = parse(key, scalar, expected, parse);
        } else {
            throw new UserError(where(key) + " must be " + expected + "; found a group or a list.");
        }
        resolved.put(key, value);
        return value;
    }

    private <T> List<T> list(String key, @Nullable List<T> fallback, String expected, Function<String, T> parse) {
        Setting setting = mapping.entries().get(key);
        List<T> values = new ArrayList<>();
        if (setting == null) {
            if (fallback == null) {
                throw missing(key, expected);
            }
            values.addAll(fallback);
        } else if (setting instanceof Setting.Sequence sequence) {
            for (Setting item : sequence.items()) {
                if (!(item instanceof Setting.Scalar scalar)) {
                    throw new UserError(where(key) + " must be " + expected + ".");
                }
                values.add(parse(key, scalar, expected, parse));
            }
        } else {
            throw new UserError(where(key) + " must be " + expected + ".");
        }
        resolved.put(key, List.copyOf(values));
        return List.copyOf(values);
    }

    /** That a key must be written; or, if one resembles it or the group it belongs in, that this one is not known. */
    private UserError missing(String key, String expected) {
        String wanted = key;
        for (Section section = this; section != null; section = section.around) {
            for (Map.Entry<String, Setting> entry : section.mapping.entries().entrySet()) {
                String written = entry.getKey();
                if (!section.resolved.containsKey(written) && Names.near(written, wanted)) {
                    return section.unknown(written, entry.getValue(), List.of(wanted));
                }
            }
            wanted = section.path.substring(section.path.lastIndexOf('.') + 1);
        }
        return new UserError(
                mapping.where() + ": the key '" + full(key) + "' is missing; it must be " + expected + ".");
    }

    private UserError unknown(String key, Setting setting, Collection<String> known) {
        List<String> elsewhere = outermost().places(key);
        boolean near = known.stream().anyMatch(name -> Names.near(key, name));
        String place = setting.where().equals(full(key)) ? "" : setting.where() + ": ";
        return new UserError(place + "unknown key '" + full(key) + "'."
                + (near || elsewhere.isEmpty() ? Names.hint(key, known, this::full) : Names.meant(elsewhere)));
    }

    private Section outermost() {
        return around == null ? this : around.outermost();
    }

    /** The sections in this one that know a key, each with it. */
    private List<String> places(String key) {
        return sections.values().stream()
                .flatMap(section -> Stream.concat(
                        section.resolved.containsKey(key) ? Stream.of(section.full(key)) : Stream.empty(),
                        section.places(key).stream()))
                .toList();
    }

    private <T> T parse(String key, Setting.Scalar scalar, String expected, Function<String, T> parse) {
        try {
            return parse.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            throw new UserError(where(key) + " must be " + expected + "; found '" + scalar.text() + "'.", e);
        }
    }

    private static <T extends Comparable<T>> T within(T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) { // NaN compares as larger than every number
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
