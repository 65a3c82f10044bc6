package io.gander.file;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The user's folder for what can be fetched or computed again: shared by all runs, and safe to delete. */
public final class CacheFolder {
    /** What else to do where the disk of the cache refuses. */
    public static final String OTHERWISE = "set GANDER_CACHE=DIR to another folder";

    private CacheFolder() {}

    /** A folder inside, made if it is not there. */
    public static Path of(String name) {
        return make(root().resolve(name));
    }

    /** The cache folder itself, which may not exist yet. */
    public static Path root() {
        return root(System.getProperties(), System.getenv()).toAbsolutePath();
    }

    static Path root(Properties properties, Map<String, String> environment) {
        String given = first(properties.getProperty("gander.cache"), environment.get("GANDER_CACHE"));
        try {
            return given == null ? usual(properties, environment) : Path.of(given);
        } catch (InvalidPathException e) {
            throw new UserError("the cache folder '" + e.getInput() + "' is no path: " + OTHERWISE + ".", e);
        }
    }

    /** Where each system wants such files. */
    private static Path usual(Properties properties, Map<String, String> environment) {
        String system = properties.getProperty("os.name", "");
        Path home = Path.of(properties.getProperty("user.home", ""));
        if (system.startsWith("Windows")) {
            String local = first(environment.get("LOCALAPPDATA"));
            Path base = local == null ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve("gander").resolve("cache");
        }
        if (system.startsWith("Mac")) {
            return home.resolve("Library").resolve("Caches").resolve("gander");
        }
        String xdg = first(environment.get("XDG_CACHE_HOME"));
        // The XDG specification says that a relative path is to be ignored.
        Path base = xdg == null || !Path.of(xdg).isAbsolute() ? home.resolve(".cache") : Path.of(xdg);
        return base.resolve("gander");
    }

    private static @Nullable String first(@Nullable String... candidates) {
        for (String candidate : candidates) {
            if (candidate != null && !candidate.isBlank()) {
                return candidate;
            }
        }
        return null;
    }

    /** Makes a folder that can be written to. */
    public static Path make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UserError(
                    "cannot make the cache folder " + folder + " " + Faults.writing(folder, e, "or " + OTHERWISE), e);
        }
        if (!Files.isWritable(folder)) {
            throw new UserError(
                    "cannot write into the cache folder " + folder + ": get permission, or " + OTHERWISE + ".");
        }
        return folder;
    }
}
