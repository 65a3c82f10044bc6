package io.gander.cli;

import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.generate.FileTranslator;
import io.gander.image.PictureFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which picture goes where; found and checked before anything is made. */
final class TranslateJobs {
    /** A picture and the file that is made of it. */
    record Job(Path input, Path output) {}

    private TranslateJobs() {}

    /**
     * One picture, or all below a folder.
     *
     * @param out the file for one picture; or a folder, where names and sub-folders are kept, and endings become .png
     */
    static List<Job> of(Path input, Path out) {
        List<Job> jobs;
        if (Files.isDirectory(input)) {
            jobs = below(input, out);
        } else if (Files.exists(input)) {
            jobs = List.of(new Job(input, single(input, out)));
        } else {
            throw new UserError("there is no picture and no folder " + input + ".");
        }
        for (Job job : jobs) {
            if (same(job.input, job.output)) {
                throw new UserError("--out " + job.output + " is the picture itself; choose another name.");
            }
        }
        return jobs;
    }

    private static boolean same(Path input, Path output) {
        try {
            return Files.exists(output) && Files.isSameFile(input, output);
        } catch (IOException e) {
            return false; // what cannot be looked at cannot be written either, which is told then
        }
    }

    private static Path single(Path input, Path out) {
        String name = String.valueOf(out.getFileName());
        if (Files.isDirectory(out) || !name.contains(".")) {
            return out.resolve(withoutEnding(String.valueOf(input.getFileName())) + ".png");
        }
        if (!FileTranslator.writes(out)) {
            throw new UserError("--out " + out
                    + ": pictures are written as .png, .jpg or .jpeg; choose one of these endings, or a folder.");
        }
        return out;
    }

    private static List<Job> below(Path folder, Path out) {
        if (Files.isRegularFile(out) || (FileTranslator.writes(out) && !Files.isDirectory(out))) {
            throw new UserError("--out " + out + ": " + folder + " is a folder, so name a folder for its pictures.");
        }
        if (out.toAbsolutePath().normalize().equals(folder.toAbsolutePath().normalize())) {
            throw new UserError("--out " + out + " is the folder of the pictures itself; choose another.");
        }
        List<Path> pictures = list(folder).stream()
                .filter(name -> !folder.resolve(name)
                        .toAbsolutePath()
                        .normalize()
                        .startsWith(out.toAbsolutePath().normalize())) // what an earlier call made
                .toList();
        if (pictures.isEmpty()) {
            throw new UserError("there is no picture below " + folder + "; looked for " + PictureFiles.ENDINGS + ".");
        }
        Map<String, Integer> names = new HashMap<>();
        pictures.forEach(picture -> names.merge(withoutEnding(picture.toString()), 1, Integer::sum));
        List<Job> jobs = new ArrayList<>();
        for (Path picture : pictures) {
            String name = withoutEnding(picture.toString());
            boolean alone = names.getOrDefault(name, 1) == 1; // a.jpg beside a.png becomes a.jpg.png
            jobs.add(new Job(folder.resolve(picture), out.resolve((alone ? name : picture.toString()) + ".png")));
        }
        return jobs;
    }

    private static List<Path> list(Path folder) {
        try {
            return PictureFiles.below(folder);
        } catch (IOException e) {
            throw Faults.cannotList(folder, e);
        }
    }

    private static String withoutEnding(String path) {
        int dot = path.lastIndexOf('.');
        return dot > 0 ? path.substring(0, dot) : path;
    }
}
