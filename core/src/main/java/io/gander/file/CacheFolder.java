package io.gander.file;

import io.gander.error.UserError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The user's folder for what can be fetched or computed again: shared by all runs, and safe to delete. */
public final class CacheFolder {
    /** What else to do where the disk of the cache refuses. */
    public static final String OTHERWISE = "set GANDER_CACHE=DIR to another folder";

    private static final String NATIVES = "org.bytedeco.javacpp.cachedir";

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
            if (given != null) {
                return Path.of(given);
            }
            Path usual = usual(properties, environment);
            return canBeMade(usual) ? usual : temporary(properties);
        } catch (InvalidPathException e) {
            throw new UserError("the cache folder '" + e.getInput() + "' is not a path: " + OTHERWISE + ".", e);
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

    /** Whether a folder can be written to, or made. A user without a name or home has "?" or nothing as home: no absolute path. */
    private static boolean canBeMade(Path folder) {
        Path there = folder;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return folder.isAbsolute() && there != null && Files.isDirectory(there) && Files.isWritable(there);
    }

    /** For those without a home: a folder of this user alone, since libraries are loaded from it. */
    private static Path temporary(Properties properties) {
        Object user = owner(Path.of("/proc/self"));
        Path folder = Path.of(properties.getProperty("java.io.tmpdir", ""))
                .toAbsolutePath()
                .resolve("gander-" + (user == null ? properties.getProperty("user.name", "") : user));
        try {
            Files.createDirectories(Objects.requireNonNull(folder.getParent()));
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            // whose it is shows below
        } catch (UnsupportedOperationException e) {
            return make(folder); // not such a file system
        } catch (IOException e) {
            throw new UserError(
                    "cannot make the cache folder " + folder + " " + Faults.writing(folder, e, "or " + OTHERWISE), e);
        }
        if (user != null && (Files.isSymbolicLink(folder) || !user.equals(owner(folder)))) {
            throw new UserError("the cache folder " + folder + " belongs to another user: " + OTHERWISE + ".");
        }
        return folder;
    }

    /** The number of a file's owner, where there are such numbers. */
    private static @Nullable Object owner(Path file) {
        try {
            return Files.getAttribute(file, "unix:uid");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Tells JavaCPP where to unpack native libraries if it is not told yet and its own place, {@code .javacpp} in the user's home, cannot be
     * written to; left alone it would then take the working directory for users without a home. Call it before JavaCPP is used.
     */
    public static void placeNatives() {
        if (System.getProperty(NATIVES) == null
                && !canBeMade(System.getProperty("user.home", "") + "/.javacpp/cache")) {
            System.setProperty(NATIVES, of("javacpp").toString());
        }
    }

    private static boolean canBeMade(String folder) {
        try {
            return canBeMade(Path.of(folder));
        } catch (InvalidPathException e) { // letters that the locale cannot express
            return false;
        }
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
