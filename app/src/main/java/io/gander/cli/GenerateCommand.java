package io.gander.cli;

import io.gander.data.Pictures;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.generate.ImageGenerator;
import io.gander.image.PngWriter;
import io.gander.run.Provenance;
import io.gander.run.RunDirectory;
import io.gander.tensor.Scope;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gander generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes new pictures with a trained generator. The same seed gives the same pictures.",
            "Every PNG carries a text chunk that says it is synthetic, and from what model and seed."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class GenerateCommand implements Callable<Integer> {
    /** Larger grids are no pictures that anybody can look at. */
    private static final int LARGEST_GRID = 10_000;

    /** Files that are made before the first is written. */
    private static final int CHUNK = 256;

    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(names = "--count", paramLabel = "N", description = "how many pictures; default ${DEFAULT-VALUE}")
    int count = 64;

    @Option(names = "--seed", paramLabel = "N", description = "which pictures; default ${DEFAULT-VALUE}")
    long seed = 0;

    @Option(
            names = "--out",
            paramLabel = "FILE.png|DIR/",
            description = "one grid if it ends in .png, else a folder of files; default DIR/generated-seed-N.png")
    @Nullable
    Path out;

    @Option(
            names = "--interpolate",
            paramLabel = "K",
            description = "walks of K pictures between latents, one a row; --count says how many rows")
    @Nullable
    Integer interpolate;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description = "for runs with labels: pictures of this class only; else one class after the other")
    @Nullable
    String label;

    @Option(
            names = "--per-label",
            paramLabel = "N",
            description =
                    "for runs with labels: N pictures of each class, a folder for each, and labels.csv in --out DIR/")
    @Nullable
    Integer perLabel;

    @Option(names = "--no-ema", description = "the newest weights instead of their moving average")
    boolean live;

    @Option(names = "--json", description = "print JSON")
    boolean json;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter printer = spec.commandLine().getOut();
        if (count < 1) {
            throw new UserError("--count must be at least 1; found " + count + ".");
        }
        checkLabels();
        RunDirectory run = RunDirectory.open(directory);
        Path target = out != null ? out : directory.resolve("generated-seed-" + seed + ".png");
        boolean grid =
                perLabel == null && target.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        try (ImageGenerator generator = ImageGenerator.open(
                run, !live, warning -> spec.commandLine().getErr().println("warning: " + warning))) {
            if (generator.makesPoints()) {
                target = out != null ? out : directory.resolve("generated-seed-" + seed + ".csv");
                grid = false;
                writePoints(generator, target);
            } else if (perLabel != null) {
                count = LabelledSet.write(this::text, generator, target, seed, perLabel);
            } else if (grid) {
                writeGrid(generator, target);
            } else {
                writeFiles(generator, target);
            }
            report(printer, generator, target, grid);
        } catch (IOException e) {
            throw Faults.cannotWrite(target, e, "or choose another --out");
        }
        return 0;
    }

    private void checkLabels() {
        if (perLabel == null) {
            return;
        }
        if (perLabel < 1) {
            throw new UserError("--per-label must be at least 1; found " + perLabel + ".");
        }
        if (label != null || interpolate != null) {
            throw new UserError("--per-label makes pictures of every class; leave out "
                    + (label != null ? "--label." : "--interpolate."));
        }
        if (out == null || out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UserError("--per-label writes a folder for each class: name one with --out DIR/.");
        }
    }

    private int label(ImageGenerator generator) {
        return label == null ? ImageGenerator.ANY : generator.label(label);
    }

    private void writeGrid(ImageGenerator generator, Path target) throws IOException {
        long pictures = (long) count * (interpolate == null ? 1 : interpolate);
        if (pictures > LARGEST_GRID) {
            throw new UserError("a grid of " + pictures + " pictures is too large to look at (at most " + LARGEST_GRID
                    + "): lower --count, or write files with --out DIR/.");
        }
        BufferedImage sheet = interpolate == null
                ? generator.pictures(0, count, seed, label(generator)).grid(0)
                : generator
                        .interpolations(count, interpolate, seed, label(generator))
                        .grid(interpolate);
        String what = interpolate == null ? "pictures 0 to " + (count - 1) : count + " walks of " + interpolate;
        WholeFile.makeParents(target);
        WholeFile.write(target, PngWriter.encode(sheet, text(generator, what)));
    }

    private void writePoints(ImageGenerator generator, Path file) throws IOException {
        if (interpolate != null || perLabel != null || label != null) {
            throw new UserError(
                    "this run makes points of the plane: leave out --interpolate, --per-label and --label.");
        }
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int start = 0; start < count; start += CHUNK) {
            try (Scope scope = Scope.open()) {
                float[] xy = generator
                        .samples(start, Math.min(CHUNK, count - start), seed)
                        .toArray();
                for (int i = 0; i < xy.length; i += 2) {
                    csv.append(xy[i]).append(',').append(xy[i + 1]).append('\n');
                }
            }
        }
        WholeFile.makeParents(file);
        WholeFile.write(file, csv);
    }

    private void writeFiles(ImageGenerator generator, Path folder) throws IOException {
        Files.createDirectories(folder);
        if (interpolate != null) {
            if ((long) count * interpolate > LARGEST_GRID) {
                throw new UserError("--count " + count + " walks of " + interpolate + " are more than " + LARGEST_GRID
                        + " pictures: lower --count, and take other walks with another --seed.");
            }
            Pictures walks = generator.interpolations(count, interpolate, seed, label(generator));
            for (int i = 0; i < walks.count(); i++) {
                String name = String.format(Locale.ROOT, "%06d-%03d.png", i / interpolate, i % interpolate);
                String what = "walk " + i / interpolate + ", picture " + i % interpolate + " of " + interpolate;
                WholeFile.write(folder.resolve(name), PngWriter.encode(walks.image(i), text(generator, what)));
            }
            return;
        }
        for (int start = 0; start < count; start += CHUNK) {
            Pictures chunk = generator.pictures(start, Math.min(CHUNK, count - start), seed, label(generator));
            for (int i = 0; i < chunk.count(); i++) {
                String name = String.format(Locale.ROOT, "%06d.png", start + i);
                WholeFile.write(
                        folder.resolve(name),
                        PngWriter.encode(chunk.image(i), text(generator, "picture " + (start + i))));
            }
        }
    }

    /** Keywords are the PNG specification's own, section 11.3.3. */
    private Map<String, String> text(ImageGenerator generator, String what) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Gander " + Provenance.version());
        text.put("Disclaimer", "Synthetic: made by a generative adversarial network, not a record of anything real.");
        text.put(
                "Source",
                "recipe " + generator.recipe().name() + ", step " + generator.step() + ", "
                        + (live ? "newest" : "average") + " weights, seed " + seed + ", " + what);
        return text;
    }

    private void report(PrintWriter printer, ImageGenerator generator, Path target, boolean grid) {
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("out", target.toString());
            facts.put("kind", grid ? "grid" : generator.makesPoints() ? "points" : "files");
            facts.put("count", count);
            facts.put("seed", seed);
            facts.put("recipe", generator.recipe().name());
            facts.put("step", generator.step());
            printer.println(Json.line(facts));
        } else {
            printer.println((grid || generator.makesPoints() ? "Wrote " : "Wrote " + count + " files to ") + target
                    + " (seed " + seed + ", step " + generator.step() + ").");
        }
    }
}
