package io.gander.cli;

import io.gander.data.Pictures;
import io.gander.error.UserError;
import io.gander.file.WholeFile;
import io.gander.generate.ImageGenerator;
import io.gander.image.PngWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Generated pictures as a labelled set, for data augmentation: a folder for each class, and a list. */
final class LabelledSet {
    private static final int CHUNK = 256;

    private LabelledSet() {}

    /**
     * Writes the set: {@code DIR/CLASS/000000.png} and {@code DIR/labels.csv} with the columns path and label.
     *
     * @param text what each PNG says of itself, by the generator and what the picture is
     * @param each pictures of a class
     * @return how many pictures were written
     */
    static int write(
            BiFunction<ImageGenerator, String, Map<String, String>> text,
            ImageGenerator generator,
            Path folder,
            long seed,
            int each)
            throws IOException {
        List<String> classes = generator.classes();
        if (classes.isEmpty()) {
            generator.label(""); // says what is missing
        }
        List<String> rows = new ArrayList<>(List.of("path,label"));
        for (int label = 0; label < classes.size(); label++) {
            String name = folderName(classes.get(label));
            Path target = Files.createDirectories(folder.resolve(name));
            for (int start = 0; start < each; start += CHUNK) {
                int n = Math.min(CHUNK, each - start);
                Pictures made = generator.pictures((long) label * each + start, n, seed, label);
                for (int i = 0; i < n; i++) {
                    String file = String.format(Locale.ROOT, "%06d.png", start + i);
                    String what = "class " + classes.get(label) + ", picture " + ((long) label * each + start + i);
                    WholeFile.write(target.resolve(file), PngWriter.encode(made.image(i), text.apply(generator, what)));
                    rows.add(quoted(name + "/" + file) + "," + quoted(classes.get(label)));
                }
            }
        }
        rows.add("");
        WholeFile.write(folder.resolve("labels.csv"), String.join("\n", rows));
        return Math.multiplyExact(each, classes.size());
    }

    private static String folderName(String label) {
        if (label.isEmpty() || label.startsWith(".") || label.matches(".*[/\\\\:*?\"<>|].*")) {
            throw new UserError(
                    "the class '" + label + "' cannot be the name of a folder; make its pictures with --label.");
        }
        return label;
    }

    /** As RFC 4180 has it. */
    private static String quoted(String field) {
        return field.matches("[^,\"\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
