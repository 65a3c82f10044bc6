package io.gander.cli;

import io.gander.Gander;
import io.gander.data.Broken;
import io.gander.data.DataCheck;
import io.gander.data.DataListener;
import io.gander.error.BrokenExample;
import io.gander.error.Numbers;
import io.gander.error.ShellCommand;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.image.PngWriter;
import io.gander.modality.Image;
import io.gander.modality.Voxel;
import io.gander.recipe.DataName;
import io.gander.recipe.DataRecipe;
import io.gander.recipe.Recipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Decodes every example. Reports what is there, what is broken and why, and doubles; draws a sheet.",
            "Looks for pictures; with --set data.kind=voxel, for solids.",
            "Exit status 2 if training would refuse the data."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class DataCheckCommand implements Callable<Integer> {
    /** What is checked against: the recipe for one's own pictures. */
    private static final String RECIPE = "dcgan-64";

    /** The recipe for one's own solids. */
    private static final String SOLIDS = "chairs-32";

    /** Fewer pictures than this are learnt by heart. */
    private static final int FEW = 1000;

    /** Pixels; smaller pictures are trained at 32×32. */
    private static final int SMALL = 48;

    private static final int SHOWN = 10;

    /** What YAML, and what a shell, takes as it stands. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}._/+-]*[\\p{L}_/][\\p{L}\\p{N}._/+-]*");

    @Parameters(
            paramLabel = "PATH",
            description =
                    "a folder, an archive, an array, a list, or a name from 'gander data list' (./NAME is a file)")
    String path;

    @Mixin
    Overrides overrides;

    @Option(names = "--sheet", paramLabel = "FILE", description = "the contact sheet; default NAME-check.png")
    @Nullable
    Path sheet;

    @Option(names = "--all", description = "name every broken and every double example, not only the first " + SHOWN)
    boolean all;

    @Mixin
    Overwrite overwrite;

    @Mixin
    Answer answer;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = answer.out();
        if (sheet != null) {
            overwrite.spare(sheet, "--sheet");
        }
        DataRecipe recipe = recipe();
        DataCheck.Result result = check(recipe, out);
        DataCheck.Report report = result.report();
        Path drawn = result.sheet() == null ? null : save(result, report, recipe);
        boolean refused = report.usable() == 0 || report.brokenPercent() > recipe.maxBroken();
        if (answer.json) {
            Map<String, Object> facts = Json.fields(report);
            facts.put("usable", report.usable());
            facts.put("accepted", !refused);
            if (drawn != null) {
                facts.put("sheet", drawn.toString());
            }
            out.println(Json.pretty(facts));
        } else {
            print(out, report, recipe, drawn);
        }
        out.flush();
        return refused ? 2 : 0;
    }

    private DataCheck.Result check(DataRecipe recipe, PrintWriter out) throws IOException {
        if (answer.json) {
            return DataCheck.run(recipe, DataListener.SILENT, Interrupt::asked);
        }
        TextWatcher watcher = new TextWatcher(out, Terminal.detect());
        try {
            return DataCheck.run(recipe, watcher.ofData(), Interrupt::asked);
        } finally {
            watcher.end();
        }
    }

    private DataRecipe recipe() {
        List<String> names = Arrays.stream(DataName.values())
                .filter(name -> name.kind().equals(DataName.FILES.kind())
                        && name != DataName.FILES) // which are no pictures, but may be folders
                .map(DataName::key)
                .toList();
        Recipe recipe = Gander.recipe(RECIPE);
        recipe = names.contains(path) // a folder of that name is ./NAME
                ? recipe.with("data", "{name: " + path + "}")
                : recipe.with("data", "{path: " + Recipe.quoted(path) + "}");
        return overrides.apply(recipe).data();
    }

    /** Here, but not among the pictures that were checked: it would be one of them the next time. */
    static Path sheet(Path here, Path checked) {
        Path folder = checked.toAbsolutePath().normalize();
        boolean among = Files.isDirectory(folder) && here.toAbsolutePath().startsWith(folder);
        return among ? folder.resolveSibling(here.getFileName()) : here;
    }

    private Path save(DataCheck.Result result, DataCheck.Report report, DataRecipe recipe) throws IOException {
        String name = report.name().replaceAll("[^\\p{L}\\p{N}._-]+", "-") + "-check.png";
        boolean own = recipe.name() == DataName.FILES;
        Path usual = own ? sheet(Path.of(name), Path.of(recipe.path())) : Path.of(name);
        Path file = sheet != null ? sheet : usual;
        try {
            WholeFile.write(file, PngWriter.encode(Objects.requireNonNull(result.sheet()), Map.of()));
        } catch (IOException e) {
            throw Faults.cannotWrite("the sheet " + file, e, "or set --sheet=FILE");
        }
        return file;
    }

    private void print(PrintWriter out, DataCheck.Report report, DataRecipe recipe, @Nullable Path drawn) {
        out.printf(
                Locale.ROOT,
                "%s: %,d examples, %,d usable, %,d broken, %,d double%n",
                Terminal.plain(report.name()),
                report.examples(),
                report.usable(),
                report.broken().size(),
                report.duplicates().size());
        line(out, "formats", counts(report.formats()));
        if (report.usable() > 0) {
            boolean pictures = recipe.kind() instanceof Image;
            if (pictures) {
                line(out, "colour", colours(report));
            }
            line(out, "size", sizes(report.shorterSide(), pictures ? "pixels" : "voxels"));
        }
        if (report.classes().size() > 1) {
            line(out, "classes", report.classes().size() + ": " + balance(report.classes()));
        }
        if (!report.broken().isEmpty()) {
            line(out, "broken", kinds(report.broken()));
            list(out, report.broken());
        }
        if (!report.duplicates().isEmpty()) {
            line(out, "double", report.duplicates().size() + " are the same as another");
            list(
                    out,
                    report.duplicates().stream()
                            .map(d -> d.name() + " = " + d.of())
                            .toList());
        }
        if (drawn != null) {
            line(out, "sheet", drawn.toString());
        }
        if (report.usable() > 0) {
            advise(out, report, recipe);
        }
    }

    private static String colours(DataCheck.Report report) {
        int grey = report.usable() - report.colour();
        return grey == 0
                ? "all"
                : report.colour() == 0 ? "none, all grey" : report.colour() + ", and " + grey + " grey";
    }

    private static String sizes(List<Integer> sides, String unit) {
        return sides.get(0).equals(sides.get(2))
                ? "shorter side " + sides.get(0) + " " + unit
                : "shorter side " + sides.get(0) + " to " + sides.get(2) + " " + unit + ", median " + sides.get(1);
    }

    private static void line(PrintWriter out, String what, String text) {
        out.printf("  %-9s %s%n", what, Terminal.plain(text));
    }

    private void list(PrintWriter out, List<?> things) {
        int shown = all ? things.size() : Math.min(SHOWN, things.size());
        things.stream().limit(shown).forEach(thing -> out.println("            " + Terminal.plain(thing.toString())));
        if (shown < things.size()) {
            out.println("            and " + (things.size() - shown) + " more: --all names them");
        }
    }

    private static String counts(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String balance(Map<String, Integer> classes) {
        int most = classes.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int fewest = classes.values().stream().mapToInt(Integer::intValue).min().orElse(0);
        if (classes.size() > SHOWN) {
            return "from " + fewest + " to " + most + " examples each";
        }
        return counts(classes);
    }

    private static String kinds(List<Broken> broken) {
        Map<BrokenExample.Kind, Integer> kinds = new EnumMap<>(BrokenExample.Kind.class);
        broken.forEach(one -> kinds.merge(one.kind(), 1, Integer::sum));
        return kinds.entrySet().stream()
                .map(entry -> entry.getValue() + " "
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    /** How to train on these examples, and what to know before. */
    private void advise(PrintWriter out, DataCheck.Report report, DataRecipe recipe) {
        boolean single = recipe.pairs() == DataRecipe.Pairs.NONE;
        line(out, "train", training(report, recipe));
        if (recipe.pairs() == DataRecipe.Pairs.UNPAIRED) {
            boolean missing = recipe.name() == DataName.FILES && recipe.second().isEmpty();
            String other = missing ? "; add the other with --set data.second=FOLDER" : "";
            line(out, "note", "only the first of the two sets was looked at" + other);
        }
        if (report.brokenPercent() > recipe.maxBroken()) {
            line(
                    out,
                    "note",
                    "without that data.max-broken, training refuses: more is broken than "
                            + Numbers.text(recipe.maxBroken()) + " %");
        }
        if (single && report.usable() < FEW && recipe.kind() instanceof Image image && !image.flip()) {
            line(out, "note", "a GAN wants thousands of pictures; --set data.flip=true doubles what mirrors well");
        }
        if (single && report.twiceAsWide() == report.usable()) {
            line(out, "note", "each is twice as wide as high: if these are pairs, --set data.pairs=side-by-side");
        }
    }

    /** The command that trains on these examples. */
    private String training(DataCheck.Report report, DataRecipe recipe) {
        List<String> settings = new ArrayList<>();
        boolean files = recipe.name() == DataName.FILES;
        if (files) {
            settings.add("data.path=" + (PLAIN.matcher(path).matches() ? path : Recipe.quoted(path)));
        } else {
            settings.add("data.name=" + path);
        }
        settings.addAll(overrides.settings);
        String set = String.join(" ", overrides.settings);
        boolean pictures = recipe.kind() instanceof Image;
        boolean small = pictures
                && recipe.pairs() == DataRecipe.Pairs.NONE
                && report.shorterSide().get(1) <= SMALL;
        if (files && small && !set.contains("data.size=")) {
            settings.add("data.size=32");
        }
        if (files && pictures && report.colour() == 0 && !set.contains("data.channels=")) {
            settings.add("data.channels=1");
        }
        if (report.brokenPercent() > recipe.maxBroken()) {
            settings.add("data.max-broken=" + (int) Math.ceil(report.brokenPercent()));
        }
        return ShellCommand.of(Stream.concat(
                        Stream.of("train", recipe(recipe)),
                        settings.stream().flatMap(setting -> Stream.of("--set", setting)))
                .toArray());
    }

    /** The name of the recipe that trains on such data. */
    private static String recipe(DataRecipe data) {
        if (data.kind() instanceof Voxel) {
            return SOLIDS;
        }
        boolean likeMnist = data.kind() instanceof Image image
                && image.size() == DataName.MNIST.fallback("size", 0)
                && image.channels() == 1;
        return switch (data.pairs()) {
            case NONE -> likeMnist ? "mnist-dcgan" : RECIPE;
            case SIDE_BY_SIDE, BY_NAME -> "pix2pix";
            case UNPAIRED -> "cyclegan-64";
        };
    }
}
