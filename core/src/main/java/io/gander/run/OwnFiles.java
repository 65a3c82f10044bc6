package io.gander.run;

import io.gander.error.UserError;
import io.gander.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What nothing that is made with a run may be written over: the run itself, and what it learns from. */
public final class OwnFiles {
    /** Reports and pictures may be: they can be made again. */
    private static final Set<String> PARTS = Set.of(
            RunDirectory.RECIPE,
            RunDirectory.CODEC,
            RunDirectory.PROVENANCE,
            RunDirectory.METRICS,
            RunDirectory.EVENTS,
            RunDirectory.EVALUATIONS,
            RunDirectory.CHECKPOINTS,
            RunDirectory.SAMPLES);

    private OwnFiles() {}

    /**
     * Looks where a file, or a folder of files, is to be written.
     *
     * @throws UserError if that is a part of the run or of its data
     */
    public static void spare(RunDirectory run, Recipe recipe, Path out) {
        Path place = real(out);
        Path folder = real(run.path());
        if (place.equals(folder)
                || (place.startsWith(folder)
                        && PARTS.contains(
                                String.valueOf(folder.relativize(place).getName(0))))) {
            throw new UserError(out + " belongs to the run itself: choose another --out.");
        }
        List<Path> data = Stream.of(recipe.data().path(), recipe.data().second())
                .filter(path -> !path.isEmpty())
                .map(path -> real(Path.of(path)))
                .toList();
        boolean inTheRun = place.startsWith(folder); // which may lie among the data
        if (!inTheRun && Files.exists(place) && data.stream().anyMatch(place::startsWith)) {
            throw new UserError(out + " belongs to the data that the run learns from: choose another --out.");
        }
    }

    /** Where it is or would be, links followed as far as they lead. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                if (Files.exists(there)) {
                    return there.toRealPath().resolve(there.relativize(whole)).normalize();
                }
            } catch (IOException e) {
                return whole; // writing will say what is wrong with it
            }
        }
        return whole;
    }
}
