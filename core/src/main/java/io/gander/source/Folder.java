package io.gander.source;

import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.image.PictureFiles;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All examples below a folder, by the order of their paths; links are followed. An example's class is the folder that it lies
 * in, so those directly in the folder have none.
 */
final class Folder implements Source {
    private final Path folder;
    private final List<Entry> entries;

    /**
     * A file as it was when the folder was listed.
     *
     * @param odd the file itself where its name has bytes or characters that no text can hold here; else null, for there may be
     *     millions
     */
    private record Entry(Path root, String name, @Nullable Path odd, long size, long changed) implements Item {
        static Entry of(Path root, Path file, String name, long size, long changed) {
            return new Entry(root, name, isText(root, file, name) ? null : file, size, changed);
        }

        private static boolean isText(Path root, Path file, String name) {
            try {
                return root.resolve(name).equals(file);
            } catch (InvalidPathException e) {
                return false;
            }
        }

        @Override
        public @Nullable String label() {
            return Names.parent(name);
        }

        @Override
        public List<Content> contents() throws BrokenExample {
            return List.of(FileItem.read(odd == null ? root.resolve(name) : odd));
        }
    }

    private Folder(Path folder, List<Entry> entries) {
        this.folder = folder;
        this.entries = entries;
    }

    /**
     * Lists a folder.
     *
     * @param subject what errors are about
     * @throws UserError if it cannot be listed or holds none that is wanted
     */
    static Folder open(String subject, Path folder, Wanted wanted) {
        List<Entry> entries = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder,
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Lister(folder, wanted, entries));
        } catch (IOException e) {
            throw UserError.about(subject, "cannot list '" + folder + "' " + Faults.reading(folder, e), e);
        }
        if (entries.isEmpty()) {
            throw UserError.about(
                    subject, "no " + wanted.thing() + " below '" + folder + "'; looked for " + wanted.named() + ".");
        }
        entries.sort(Comparator.comparing(Entry::name));
        return new Folder(folder, entries);
    }

    private static final class Lister extends SimpleFileVisitor<Path> {
        private final Path root;
        private final Wanted wanted;
        private final int prefix;
        private final char separator;
        private final List<Entry> entries;

        Lister(Path root, Wanted wanted, List<Entry> entries) {
            String path = root.toString();
            this.root = root;
            this.wanted = wanted;
            this.separator = root.getFileSystem().getSeparator().charAt(0);
            this.prefix = path.isEmpty() || path.endsWith(root.getFileSystem().getSeparator())
                    ? path.length()
                    : path.length() + 1;
            this.entries = entries;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts) {
            boolean visible = folder.equals(root) || PictureFiles.isVisible(String.valueOf(folder.getFileName()));
            return visible && !isRun(folder) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        /** What a training wrote shall not be what the next one learns from. */
        private static boolean isRun(Path folder) {
            return Files.exists(folder.resolve("provenance.json")) && Files.exists(folder.resolve("recipe.yaml"));
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes facts) {
            String name = name(file);
            // A link is seen here only if it leads nowhere; a pipe or a device would never end.
            if ((facts.isRegularFile() || facts.isSymbolicLink()) && wanted.file(name)) {
                entries.add(Entry.of(
                        root, file, name, facts.size(), facts.lastModifiedTime().to(TimeUnit.NANOSECONDS)));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A link in a circle leads to what is listed anyway; what may not be read becomes an entry that says so. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw e;
            }
            boolean hidden = !PictureFiles.isVisible(String.valueOf(file.getFileName())); // folders come here unasked
            boolean missed = wanted.file(name(file)) || Files.isDirectory(file);
            if (!hidden && missed && !(e instanceof FileSystemLoopException)) {
                entries.add(Entry.of(root, file, name(file), -1, 0));
            }
            return FileVisitResult.CONTINUE;
        }

        private String name(Path file) {
            String path = file.toString(); // begins with the root's; quicker than relativize, for there may be millions
            return path.substring(prefix).replace(separator, '/');
        }
    }

    @Override
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public long count() {
        return entries.size();
    }

    @Override
    public void identify(Consumer<String> parts) {
        parts.accept("folder " + folder.toAbsolutePath().normalize());
        for (Entry entry : entries) {
            parts.accept(entry.name);
            parts.accept(entry.size + " " + entry.changed);
        }
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        entries.forEach(consumer);
    }
}
