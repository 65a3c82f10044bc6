package io.gander.generate;

import io.gander.error.UserError;
import io.gander.file.WholeFile;
import io.gander.image.Bitmap;
import io.gander.image.JpegEncoder;
import io.gander.image.PngWriter;
import io.gander.image.Sheet;
import io.gander.modality.Codec;
import io.gander.run.Provenance;
import io.gander.tensor.Scope;
import io.gander.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes a generator's samples to files, each of which says that it is synthetic and from what model and seed, where its format can.
 *
 * @param generator lent
 * @param average whether its weights are the moving average, for what the files say
 */
public record SampleFiles(Generator generator, long seed, boolean average) {
    /** Larger sheets are no pictures that anybody can look at. */
    private static final int LARGEST_SHEET = 10_000;

    /** Bytes; an array in memory, and its header, can hold no more. */
    private static final long LARGEST_FILE = Integer.MAX_VALUE - 4096;

    /** Files that are made before the first is written. */
    private static final int CHUNK = 256;

    /** Endings of files with a picture that shows samples of any kind. */
    private static final Set<String> SHEETS = Set.of("png", "jpg", "jpeg");

    /** Whether a file's ending is one of a picture, as {@link #sheet} and {@link #walks} write it. */
    public static boolean isSheet(String ending) {
        return SHEETS.contains(ending);
    }

    /**
     * One picture that shows samples: JPEG if the file's ending says so, else PNG.
     *
     * @param label a place in {@link Generator#classes()}, or {@link Generator#ANY}
     */
    public void sheet(Path file, int count, int label) throws IOException {
        requireSheet(count, "sample");
        try (Scope scope = Scope.open()) {
            Tensor made = generator.made(0, count, seed, label);
            write(file, generator.codec().preview(List.of(made)), "samples 0 to " + (count - 1));
        }
    }

    /** One such picture of walks between latents, one a row. */
    public void walks(Path file, int walks, int steps, int label) throws IOException {
        requireSheet((long) walks * steps, "sample");
        try (Scope scope = Scope.open()) {
            List<BufferedImage> pictures =
                    generator.codec().pictures(generator.interpolations(walks, steps, seed, label));
            write(file, Sheet.of(pictures, steps), walks + " walks of " + steps);
        }
    }

    private static void requireSheet(long pictures, String what) {
        if (pictures > LARGEST_SHEET) {
            throw new UserError("a grid of " + pictures + " " + what + "s is too large to look at (at most "
                    + LARGEST_SHEET + "): lower --count, or write files with --out DIR/.");
        }
    }

    private void write(Path file, BufferedImage picture, String what) throws IOException {
        WholeFile.makeParents(file);
        boolean png = file.toString().toLowerCase(Locale.ROOT).endsWith(".png");
        WholeFile.write(
                file,
                png
                        ? PngWriter.encode(picture, text(what))
                        : JpegEncoder.withText(Bitmap.of(picture), JpegEncoder.USUAL_QUALITY, text(what)));
    }

    /** One file with all samples, for formats that hold many. */
    public void together(Path file, Codec.Format format, int count, int label) throws IOException {
        long bytes = (long) Float.BYTES * count * generator.codec().shape().count();
        if (bytes > LARGEST_FILE) {
            throw new UserError("one file of " + count + " " + generator.codec().things()
                    + " would take more than 2 GB: lower --count, or write files with --out DIR/.");
        }
        WholeFile.makeParents(file);
        try (Scope scope = Scope.open()) {
            Tensor made = generator.made(0, count, seed, label);
            WholeFile.write(file, generator.codec().file(made, format, text("samples 0 to " + (count - 1))));
        }
    }

    /** A file for each sample, {@code 000000.png} and so on. */
    public void each(Path folder, Codec.Format format, int count, int label) throws IOException {
        Files.createDirectories(folder);
        for (int start = 0; start < count; start += CHUNK) {
            try (Scope scope = Scope.open()) {
                Tensor made = generator.made(start, Math.min(CHUNK, count - start), seed, label);
                for (int i = 0; i < made.shape()[0]; i++) {
                    one(folder.resolve(name(start + i, format)), format, made, i, "sample " + (start + i));
                }
            }
        }
    }

    /** A file for each sample of some walks between latents, {@code 000000-000.png} and so on. */
    public void eachOfWalks(Path folder, Codec.Format format, int walks, int steps, int label) throws IOException {
        if ((long) walks * steps > LARGEST_SHEET) {
            throw new UserError("--count " + walks + " walks of " + steps + " are more than " + LARGEST_SHEET
                    + " samples: lower --count, and take other walks with another --seed.");
        }
        Files.createDirectories(folder);
        try (Scope scope = Scope.open()) {
            Tensor made = generator.interpolations(walks, steps, seed, label);
            for (int i = 0; i < walks * steps; i++) {
                String name = String.format(Locale.ROOT, "%06d-%03d.%s", i / steps, i % steps, format.ending());
                one(
                        folder.resolve(name),
                        format,
                        made,
                        i,
                        "walk " + i / steps + ", sample " + i % steps + " of " + steps);
            }
        }
    }

    private void one(Path file, Codec.Format format, Tensor made, int index, String what) throws IOException {
        WholeFile.write(file, generator.codec().file(made.narrow(0, index, 1), format, text(what)));
    }

    private static String name(int index, Codec.Format format) {
        return String.format(Locale.ROOT, "%06d.%s", index, format.ending());
    }

    /**
     * A labelled set, for data augmentation: {@code DIR/CLASS/000000.png} and {@code DIR/labels.csv} with the columns path and label.
     *
     * @param each samples of a class
     * @return how many samples were written
     * @throws UserError if the generator knows no classes, or one whose name cannot be a folder's
     */
    public int labelled(Path folder, Codec.Format format, int each) throws IOException {
        generator.requireClasses();
        List<String> classes = generator.classes();
        List<List<String>> rows = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            String name = folderName(classes.get(label));
            Path target = Files.createDirectories(folder.resolve(name));
            for (int start = 0; start < each; start += CHUNK) {
                long from = (long) label * each + start;
                try (Scope scope = Scope.open()) {
                    Tensor made = generator.made(from, Math.min(CHUNK, each - start), seed, label);
                    for (int i = 0; i < made.shape()[0]; i++) {
                        String file = name(start + i, format);
                        String what = "class " + classes.get(label) + ", sample " + (from + i);
                        one(target.resolve(file), format, made, i, what);
                        rows.add(List.of(name + "/" + file, classes.get(label)));
                    }
                }
            }
        }
        WholeFile.write(folder.resolve("labels.csv"), csv(rows));
        return Math.multiplyExact(each, classes.size());
    }

    private static byte[] csv(List<List<String>> rows) throws IOException {
        StringWriter text = new StringWriter();
        CSVFormat format = CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord("path", "label");
            printer.printRecords(rows);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String folderName(String label) {
        if (label.isEmpty() || label.startsWith(".") || label.matches(".*[/\\\\:*?\"<>|].*")) {
            throw new UserError(
                    "the class '" + label + "' cannot be the name of a folder; make its samples with --label.");
        }
        return label;
    }

    /** Keywords are the PNG specification's own, section 11.3.3. */
    private Map<String, String> text(String what) {
        Map<String, String> text = new LinkedHashMap<>();
        text.put("Software", "Gander " + Provenance.version());
        text.put("Disclaimer", "Synthetic: made by a generative adversarial network, not a record of anything real.");
        text.put(
                "Source",
                "recipe " + generator.recipe().name() + ", step " + generator.step() + ", "
                        + (average ? "average" : "newest") + " weights, seed " + seed + ", " + what);
        return text;
    }
}
