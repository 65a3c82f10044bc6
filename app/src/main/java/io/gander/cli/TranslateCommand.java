package io.gander.cli;

import io.gander.cli.TranslateJobs.Job;
import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.file.WholeFile;
import io.gander.generate.BeforeAfter;
import io.gander.generate.FileTranslator;
import io.gander.generate.ImageTranslator;
import io.gander.image.JpegEncoder;
import io.gander.image.PngWriter;
import io.gander.run.RunDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "translate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes pictures from pictures of any size with a trained generator: restores, enlarges, colours, translates.",
            "PNGs keep transparency; PNGs and JPEGs keep the colour profile. Exit status 2 if a picture was broken."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TranslateCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "a run directory of a recipe with pairs or two sets")
    Path directory;

    @Parameters(index = "1", paramLabel = "INPUT", description = "a picture, or a folder of pictures")
    Path input;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE|DIR",
            description = "FILE.png or FILE.jpg for a single picture, or a folder for .png files")
    Path out;

    @Option(names = "--back", description = "from the second set to the first (runs with game: unpaired)")
    boolean back;

    @Mixin
    WeightsOptions weights;

    @Option(
            names = "--scale",
            paramLabel = "HOW",
            description =
                    "trained: resized to the size of training, and the result enlarged again (default); small: not enlarged;"
                            + " native: at its own size. Super-resolution and tiles always use the own size")
    ImageTranslator.Scale scale = ImageTranslator.Scale.TRAINED;

    @Option(names = "--degrade", description = "first damage the pictures as the recipe does, to try out a run")
    boolean degrade;

    @Mixin
    Seed seed;

    @Option(names = "--quality", paramLabel = "Q", description = "of JPEGs, 1 to 100; default ${DEFAULT-VALUE}")
    int quality = JpegEncoder.USUAL_QUALITY;

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description = "also draw a sheet with up to 16 inputs and outputs")
    @Nullable
    Path sheet;

    @Mixin
    Overwrite overwrite;

    @Mixin
    Answer answer;

    private final Map<String, String> broken = new LinkedHashMap<>();
    private int written;

    @Override
    public Integer call() throws IOException {
        PrintWriter printer = answer.out();
        if (quality < 1 || quality > 100) {
            throw new UserError("--quality must be from 1 to 100; found " + quality + ".");
        }
        RunDirectory run = RunDirectory.open(directory);
        List<Job> jobs = TranslateJobs.of(input, out);
        overwrite.spare(jobs.stream().map(Job::output).toList(), "--out");
        checkSheet(jobs);
        Interrupt.watch();
        ProgressLine line = new ProgressLine(printer, Terminal.detect());
        try (ImageTranslator translator = ImageTranslator.open(run, options())) {
            BeforeAfter shown = sheet == null ? null : new BeforeAfter();
            ImageTranslator.Size last = translate(translator, jobs, line, shown);
            line.end();
            if (sheet != null && shown != null && shown.rows() > 0) {
                save(sheet, shown);
            }
            report(printer, translator, jobs, last);
        } catch (CancellationException e) {
            line.end();
            answer.err()
                    .println("gander: stopped after " + written + " of " + jobs.size()
                            + " pictures; those are whole, and nothing else was written.");
            return Interrupt.STATUS;
        }
        return broken.isEmpty() ? 0 : 2;
    }

    private ImageTranslator.Options options() {
        return new ImageTranslator.Options(weights.weights(answer::warn), back, scale, degrade, seed.value);
    }

    private void checkSheet(List<Job> jobs) {
        if (sheet == null) {
            return;
        }
        if (!sheet.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UserError("--sheet " + sheet + ": the sheet is a PNG; let the name end with .png.");
        }
        Path place = sheet.toAbsolutePath().normalize();
        if (jobs.stream()
                .anyMatch(job -> place.equals(job.output().toAbsolutePath().normalize())
                        || place.equals(job.input().toAbsolutePath().normalize()))) {
            throw new UserError("--sheet " + sheet + " is also a picture's name; choose another.");
        }
        overwrite.spare(sheet, "--sheet");
    }

    private ImageTranslator.@Nullable Size translate(
            ImageTranslator translator, List<Job> jobs, ProgressLine line, @Nullable BeforeAfter shown) {
        FileTranslator files = new FileTranslator(translator, quality, answer::warn);
        ImageTranslator.Size last = null;
        for (int i = 0; i < jobs.size(); i++) {
            Job job = jobs.get(i);
            try {
                last = files.translate(job.input(), job.output(), progress(line, i, jobs.size()), shown);
                written++;
            } catch (BrokenExample e) {
                if (!Files.isDirectory(input)) {
                    throw new UserError(job.input() + " " + e.getMessage() + ".", e);
                }
                broken.put(job.input().toString(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                String rest = "or choose another --out";
                if (!Files.isDirectory(input) || !Faults.ofOneFile(e)) {
                    throw Faults.cannotWrite(job.output(), e, rest);
                }
                broken.put(
                        job.input().toString(),
                        "cannot be written as " + job.output() + " " + Faults.writing(job.output(), e, rest));
            }
        }
        return last;
    }

    private ImageTranslator.Progress progress(ProgressLine line, int index, int count) {
        return (tile, tiles) -> {
            if (Interrupt.asked()) {
                throw new CancellationException();
            }
            if (!answer.json && line.due()) {
                String text = (count == 1 ? "" : "picture " + (index + 1) + " of " + count + ", ") + "tile " + tile
                        + " of " + tiles;
                line.show((index + (double) tile / tiles) / count, text, text);
            }
        };
    }

    private static void save(Path sheet, BeforeAfter shown) {
        try {
            WholeFile.makeParents(sheet);
            WholeFile.write(sheet, PngWriter.encode(shown.image(), Map.of()));
        } catch (IOException e) {
            throw Faults.cannotWrite(sheet, e, "or choose another --sheet");
        }
    }

    private void report(
            PrintWriter printer, ImageTranslator translator, List<Job> jobs, ImageTranslator.@Nullable Size last) {
        if (answer.json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("out", (jobs.size() == 1 ? jobs.get(0).output() : out).toString());
            facts.put("written", written);
            facts.put("broken", broken);
            facts.put("recipe", translator.recipe().name());
            facts.put("step", translator.step());
            facts.put("seed", seed.value);
            if (sheet != null) {
                facts.put("sheet", sheet.toString());
            }
            printer.println(Json.line(facts));
            return;
        }
        String step = "step " + translator.step();
        if (last != null) {
            printer.println(
                    jobs.size() == 1
                            ? "Wrote " + jobs.get(0).output() + " (" + last.width() + "×" + last.height() + ", " + step
                                    + ")."
                            : "Wrote " + written + " pictures to " + out + " (" + step + ").");
        }
        if (sheet != null && last != null) {
            printer.println("Sheet: " + sheet);
        }
        if (!broken.isEmpty()) {
            printer.println("Skipped " + broken.size() + " of " + jobs.size() + ":");
            broken.forEach((name, why) -> printer.println("  " + Terminal.plain(name + " " + why)));
        }
    }
}
