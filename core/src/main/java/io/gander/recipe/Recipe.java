package io.gander.recipe;

import io.gander.error.Names;
import io.gander.error.ShellCommand;
import io.gander.error.UserError;
import io.gander.file.Faults;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * What to train, complete and valid: data, game, both networks and training. Immutable; {@link #with} makes a
 * changed copy. A shipped recipe is a small commented YAML file in the jar.
 */
public final class Recipe {
    private static final String SHIPPED = "/io/gander/recipes/";

    /** What runs did before a key was there. */
    private static final Map<String, String> BEFORE_THE_KEY = Map.of("train.precision", "float32");

    /** Keys that may differ when a run goes on: they change how long and how loudly it runs, not what each step computes. */
    private static final List<String> FREE_TO_CHANGE = List.of(
            "train.steps",
            "train.time",
            "train.threads",
            "train.log-every",
            "train.sample-every",
            "train.checkpoint-every",
            "train.keep-checkpoints",
            "data.path",
            "data.second",
            "data.max-broken");

    private final String name;
    private final Setting.Mapping tree;
    private final Catalogue catalogue;
    private final DataRecipe data;
    private final String game;
    private final Rules rules;
    private final Architecture generator;
    private final Architecture discriminator;
    private final TrainRecipe train;
    private final Map<String, Object> resolved;

    private Recipe(String name, Setting.Mapping tree, Catalogue catalogue) {
        this.name = name;
        this.tree = tree;
        this.catalogue = catalogue;
        Section root = new Section("", tree);
        this.data = DataRecipe.read(root.section("data"), catalogue);
        Map<String, Rules.Reader> games = catalogue.games();
        this.game =
                root.choice("game", games.keySet(), games.keySet().iterator().next());
        this.generator = catalogue.architecture(Architecture.Role.GENERATOR, root.section("generator"));
        this.discriminator = catalogue.architecture(Architecture.Role.DISCRIMINATOR, root.section("discriminator"));
        this.train = TrainRecipe.read(root.section("train"));
        this.rules = Objects.requireNonNull(games.get(game)).read(root, data, train);
        root.finish(this::gamesThatKnow);
        this.resolved = Collections.unmodifiableMap(root.resolved());
    }

    /** As the readers of the other games tell when they are shown a recipe without keys. */
    private String gamesThatKnow(String key) {
        return catalogue.games().entrySet().stream()
                .filter(other -> !other.getKey().equals(game) && asks(other.getValue(), key))
                .map(other -> "game: " + other.getKey())
                .collect(Collectors.joining(" and "));
    }

    private boolean asks(Rules.Reader reader, String key) {
        Section empty = Section.empty();
        try {
            reader.read(empty, DataRecipe.read(Section.empty(), catalogue), train);
        } catch (UserError e) {
            // a key that must be written: those before it were asked for all the same
        }
        return known(empty, key);
    }

    private static boolean known(Section section, String key) {
        int dot = key.indexOf('.');
        return dot < 0
                ? section.asked(key)
                : section.asked(key.substring(0, dot))
                        && known(section.section(key.substring(0, dot)), key.substring(dot + 1));
    }

    /**
     * Reads a recipe from YAML text.
     *
     * @param name what runs of it are called
     * @param source what to call the text in errors, such as its file's name
     */
    public static Recipe parse(String name, String yaml, String source, Catalogue catalogue) {
        return new Recipe(name, Setting.parse(yaml, source), catalogue);
    }

    /** Reads a shipped recipe by name, or a YAML file by path. */
    public static Recipe load(String nameOrPath, Catalogue catalogue) {
        String text = text(nameOrPath); // first, for it explains a name that is no path
        return parse(nameOf(nameOrPath), text, sourceOf(nameOrPath), catalogue);
    }

    /** The YAML of a shipped recipe or of a file, as written, comments included. */
    public static String text(String nameOrPath) {
        if (isPath(nameOrPath)) {
            try {
                return Files.readString(Path.of(nameOrPath));
            } catch (IOException | InvalidPathException e) {
                throw new UserError(
                        "cannot read the recipe " + nameOrPath + " (" + Faults.why(e)
                                + "): give the path of a YAML file, or a name from '" + ShellCommand.of("recipes")
                                + "'.",
                        e);
            }
        }
        if (!shipped().contains(nameOrPath)) {
            if (new File(nameOrPath + ".yaml").isFile()) {
                throw new UserError(
                        "there is no recipe '" + nameOrPath + "'." + Names.meant(List.of(nameOrPath + ".yaml")));
            }
            throw new UserError("there is no recipe '" + nameOrPath + "'." + Names.hint(nameOrPath, shipped()) + " '"
                    + ShellCommand.of("recipes") + "' lists them; a file needs its ending, .yaml.");
        }
        return resource(nameOrPath + ".yaml");
    }

    private static boolean isPath(String nameOrPath) {
        return nameOrPath.endsWith(".yaml")
                || nameOrPath.endsWith(".yml")
                || nameOrPath.contains("/")
                || nameOrPath.contains("\\");
    }

    private static String nameOf(String nameOrPath) {
        Path file = Path.of(nameOrPath).getFileName();
        return String.valueOf(file).replaceFirst("\\.ya?ml$", "");
    }

    private static String sourceOf(String nameOrPath) {
        return isPath(nameOrPath) ? nameOrPath : nameOrPath + ".yaml";
    }

    /** The names of the shipped recipes. */
    public static List<String> shipped() {
        return resource("index.txt").lines().filter(line -> !line.isBlank()).toList();
    }

    /** What the recipe's file says of itself: the first line of its leading comment. */
    public static String description(String nameOrPath) {
        return text(nameOrPath)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .findFirst()
                .orElse("");
    }

    private static String resource(String file) {
        try (InputStream in = Recipe.class.getResourceAsStream(SHIPPED + file)) {
            if (in == null) {
                throw new IllegalStateException("the jar of gander-core lacks " + SHIPPED + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * This recipe with one value changed.
     *
     * @param key dotted, such as {@code train.steps}
     * @param value as YAML, such as {@code 3000} or {@code [0.5, 0.999]}
     */
    public Recipe with(String key, Object value) {
        return with(Map.of(key, value));
    }

    /**
     * This recipe with several values changed together, so that each may need the others.
     *
     * @param changes values by dotted key, as in {@link #with(String, Object)}
     */
    public Recipe with(Map<String, ?> changes) {
        Setting.Mapping changed = tree;
        for (Map.Entry<String, ?> change : changes.entrySet()) {
            String key = change.getKey();
            if (!key.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*")) {
                throw new UserError("'" + key + "' is not a key; a key looks like train.steps.");
            }
            changed = changed.with(key, Setting.parseValue(String.valueOf(change.getValue()), key));
        }
        return new Recipe(name, changed, catalogue);
    }

    /** Any text as a value for {@link #with}, whatever YAML would make of its characters. */
    public static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** What runs of this recipe are called. */
    public String name() {
        return name;
    }

    public DataRecipe data() {
        return data;
    }

    /** What is played: its name in the catalogue. */
    public String game() {
        return game;
    }

    /** The game's own keys, checked. */
    public Rules rules() {
        return rules;
    }

    public Architecture generator() {
        return generator;
    }

    public Architecture discriminator() {
        return discriminator;
    }

    public TrainRecipe train() {
        return train;
    }

    /** Every key with its value, defaults included: dotted names in reading order. */
    public Map<String, Object> flat() {
        Map<String, Object> flat = new LinkedHashMap<>();
        flatten("", resolved, flat);
        return flat;
    }

    private static void flatten(String prefix, Map<?, ?> map, Map<String, Object> into) {
        map.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                flatten(prefix + key + ".", inner, into);
            } else {
                into.put(prefix + key, value);
            }
        });
    }

    /** The resolved recipe as YAML: every key, defaults included. Reading it back gives an equal recipe. */
    public String toYaml() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.AUTO)
                .setWidth(110)
                .build();
        return new Dump(settings).dumpToString(written(resolved));
    }

    /** Numbers as people write them: 0.0002, not 2.0E-4. */
    private static Object written(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> all = new LinkedHashMap<>();
            map.forEach((key, inner) -> all.put(key, written(inner)));
            return all;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Recipe::written).toList();
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            BigDecimal plain = BigDecimal.valueOf(number).stripTrailingZeros();
            return plain.scale() < 1 ? plain.setScale(1) : plain;
        }
        return value;
    }

    /**
     * How this recipe differs from another in what each step computes, one sentence a key: "train.batch was 64, is 32".
     * Keys that only say how long or how loudly to run do not count.
     */
    public List<String> differencesFrom(Map<String, String> earlier) {
        Map<String, String> now = new TreeMap<>();
        flat().forEach((key, value) -> now.put(key, String.valueOf(value)));
        TreeSet<String> keys = new TreeSet<>(now.keySet());
        keys.addAll(earlier.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            String was = earlier.getOrDefault(key, BEFORE_THE_KEY.getOrDefault(key, "absent"));
            String is = now.getOrDefault(key, "absent");
            if (!was.equals(is)
                    && !FREE_TO_CHANGE.contains(key)
                    && !rules.free().contains(key)) {
                differences.add(key + " was " + was + ", is " + is);
            }
        }
        return differences;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recipe recipe && flat().equals(recipe.flat());
    }

    @Override
    public int hashCode() {
        return flat().hashCode();
    }

    @Override
    public String toString() {
        return "recipe " + name;
    }
}
