package io.gander.download;

import io.gander.recipe.DataName;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A catalogue of one set with one file, for tests of the commands. */
public final class LocalSets {
    private LocalSets() {}

    public static NamedSets of(Path folder, URI home, long bytes, @Nullable String sha256) {
        NamedFile file = new NamedFile("data.gz", List.of(home), bytes, sha256);
        NamedSet set = new NamedSet(DataName.KMNIST, List.of(1), "home", "terms", List.of(file), "");
        return new NamedSets(List.of(set), folder, Fetcher::real);
    }
}
