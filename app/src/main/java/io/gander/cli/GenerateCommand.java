package io.gander.cli;

import io.gander.error.Names;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.generate.Generator;
import io.gander.generate.SampleFiles;
import io.gander.modality.Codec;
import io.gander.run.OwnFiles;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gander generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes new examples with a trained generator. The same seed gives the same examples.",
            "Every PNG and JPEG carries a text that says it is synthetic, and from what model and seed."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class GenerateCommand implements Callable<Integer> {
    private static final String GRID = "grid";
    private static final String FILES = "files";

    /** What a folder's name is not meant to end with. */
    private static final Set<String> FILE_ENDINGS = Set.of(
            "png",
            "jpg",
            "jpeg",
            "gif",
            "bmp",
            "webp",
            "tif",
            "tiff",
            "npy",
            "npz",
            "csv",
            "tsv",
            "vox",
            "glb",
            "obj",
            "stl",
            "txt",
            "zip",
            "json",
            "onnx",
            "safetensors");

    @Parameters(paramLabel = "DIR", description = "a run directory")
    Path directory;

    @Option(names = "--count", paramLabel = "N", description = "how many; default ${DEFAULT-VALUE}")
    int count = 64;

    @Option(names = "--seed", paramLabel = "N", description = "of the random latents; default ${DEFAULT-VALUE}")
    long seed = 0;

    @Option(
            names = "--out",
            paramLabel = "FILE|DIR/",
            description =
                    "FILE.png or FILE.jpg: one picture with all samples; FILE.csv or FILE.npy: one file with all, for data that has this ending; DIR/: a"
                            + " folder with a file per sample; default DIR/generated-seed-N.png, or .csv for points")
    @Nullable
    Path out;

    @Option(
            names = "--format",
            paramLabel = "ENDING",
            description = "of the files in --out DIR/, such as png; default: the usual one for the data")
    @Nullable
    String format;

    @Option(
            names = "--interpolate",
            paramLabel = "K",
            description = "walk from latent to latent in K samples, one walk per row; --count is the number of rows")
    @Nullable
    Integer interpolate;

    @Option(
            names = "--label",
            paramLabel = "CLASS",
            description = "runs with labels: only this class; default: one class after the other")
    @Nullable
    String label;

    @Option(
            names = "--per-label",
            paramLabel = "N",
            description = "runs with labels: N of each class, in a folder per class, with labels.csv, in --out DIR/")
    @Nullable
    Integer perLabel;

    @Mixin
    WeightsOptions weights;

    @Mixin
    Overwrite overwrite;

    @Mixin
    Answer answer;

    @Override
    public Integer call() throws IOException {
        PrintWriter printer = answer.out();
        if (count < 1) {
            throw new UserError("--count must be at least 1; found " + count + ".");
        }
        checkLabels();
        RunDirectory run = RunDirectory.open(directory);
        if (out != null) { // before the generator takes its time
            overwrite.spare(out, "--out");
        }
        try (Generator generator = Generator.open(run, weights.weights(answer::warn))) {
            if (generator.step() == 0) {
                answer.warn("the generator has not been trained yet: this is step 0 of "
                        + generator.recipe().train().steps() + ".");
            }
            Path target = out != null ? out : directory.resolve("generated-seed-" + seed + "." + usual(generator));
            OwnFiles.spare(run, generator.recipe(), target);
            if (out == null) {
                overwrite.spare(target, "--out");
            }
            try {
                report(
                        printer,
                        generator,
                        target,
                        write(new SampleFiles(generator, seed, weights.ema.average()), target));
            } catch (IOException e) {
                throw Faults.cannotWrite(target, e, "or choose another --out");
            }
        }
        return 0;
    }

    /** The ending of the one file that is written unless --out says another: all together, or a picture of them. */
    private static String usual(Generator generator) {
        Codec.Format first = generator.codec().formats().get(0);
        return first.many() ? first.ending() : "png";
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
        if (out == null || SampleFiles.isSheet(ending(out))) {
            throw new UserError("--per-label writes a folder for each class: name one with --out DIR/.");
        }
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1);
    }

    /** @return what was written: "grid", "files", or the things that lie in one file */
    private String write(SampleFiles files, Path target) throws IOException {
        Generator generator = files.generator();
        int which = label == null ? Generator.ANY : generator.label(label);
        if (perLabel != null) {
            count = files.labelled(folder(target, generator), folderFormat(generator), perLabel);
            return FILES;
        }
        Codec.Format one = find(generator, ending(target));
        if (format != null && (one != null || SampleFiles.isSheet(ending(target))) && !format.equals(ending(target))) {
            throw new UserError("--out ends with ." + ending(target) + ", and --format is '" + format
                    + "': leave out --format, or name a folder with --out DIR/.");
        }
        if (one != null && (one.many() || (count == 1 && !SampleFiles.isSheet(one.ending())))) {
            if (interpolate != null) {
                throw new UserError("--interpolate makes pictures: end --out with .png or .jpg, or name a folder.");
            }
            files.together(target, one, count, which);
            return generator.codec().things();
        }
        if (SampleFiles.isSheet(ending(target))) {
            if (interpolate == null) {
                files.sheet(target, count, which);
            } else {
                files.walks(target, count, interpolate, which);
            }
            return GRID;
        }
        if (one != null) {
            throw new UserError("a ." + one.ending() + " file holds one of the "
                    + generator.codec().things() + ": set --count 1, or name a folder with --out DIR/ --format "
                    + one.ending() + ".");
        }
        if (interpolate == null) {
            files.each(folder(target, generator), folderFormat(generator), count, which);
        } else {
            files.eachOfWalks(folder(target, generator), folderFormat(generator), count, interpolate, which);
        }
        return FILES;
    }

    /** Refuses the name of a file where a folder will be. */
    private static Path folder(Path target, Generator generator) {
        if (FILE_ENDINGS.contains(ending(target)) && !Files.isDirectory(target)) {
            throw new UserError("--out " + target + ": " + generator.codec().things() + " are not written as ."
                    + ending(target) + "." + Names.hint(ending(target), endings(generator))
                    + " A folder's name has no such ending.");
        }
        return target;
    }

    private Codec.Format folderFormat(Generator generator) {
        List<Codec.Format> formats = generator.codec().formats();
        if (format == null) {
            return formats.get(0);
        }
        Codec.Format found = find(generator, format);
        if (found == null) {
            throw new UserError("--format is '" + format + "'." + Names.hint(format, endings(generator)));
        }
        return found;
    }

    private static List<String> endings(Generator generator) {
        return generator.codec().formats().stream().map(Codec.Format::ending).toList();
    }

    private static Codec.@Nullable Format find(Generator generator, String ending) {
        return generator.codec().formats().stream()
                .filter(format -> format.ending().equals(ending))
                .findFirst()
                .orElse(null);
    }

    private void report(PrintWriter printer, Generator generator, Path target, String kind) {
        if (answer.json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("out", target.toString());
            facts.put("kind", kind);
            facts.put("count", count);
            facts.put("seed", seed);
            facts.put("recipe", generator.recipe().name());
            facts.put("step", generator.step());
            printer.println(Json.line(facts));
        } else {
            printer.println((kind.equals(FILES) ? "Wrote " + count + " files to " : "Wrote ") + target + " (seed "
                    + seed + ", step " + generator.step() + ").");
        }
    }
}
