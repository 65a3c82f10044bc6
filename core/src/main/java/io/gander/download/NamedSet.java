package io.gander.download;

import io.gander.recipe.DataName;
import java.nio.file.Path;
import java.util.List;

/**
 * What is known of a set.
 *
 * @param examples how many there are to train on: one number, or two where two kinds are not paired
 * @param home its makers' page
 * @param terms under which it may be used, in a few words
 * @param files all of it, test pictures included; empty if it comes with Gander
 * @param systemFolder where a package of the operating system puts these files; empty if there is none
 */
public record NamedSet(
        DataName name, List<Integer> examples, String home, String terms, List<NamedFile> files, String systemFolder) {
    public NamedSet {
        examples = List.copyOf(examples);
        files = List.copyOf(files);
    }

    boolean inSystem() {
        return !systemFolder.isEmpty()
                && !files.isEmpty()
                && files.stream()
                        .allMatch(file ->
                                Path.of(systemFolder, file.name()).toFile().canRead());
    }
}
