package io.gander.source;

import io.gander.error.UserError;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The training pictures of CIFAR-10 or CIFAR-100 (Krizhevsky, 2009), 32×32, RGB, in their binary version: the original
 * archive as it is downloaded, the folder it unpacks to, or one {@code .bin} file.
 */
final class Cifar implements Source {
    private static final int PIXELS = 3 * 32 * 32; // bytes
    private static final int NAMES_MOST = 1 << 16; // bytes of a list of class names

    /**
     * One of the two sets.
     *
     * @param labels bytes in front of a picture's pixels, of which the last is the class
     * @param names the file of the classes' names
     * @param training the files of the pictures for training
     */
    private record Kind(String title, int classes, int labels, String names, List<String> training) {
        /** Bytes of a picture with its labels. */
        private int row() {
            return labels + PIXELS;
        }
    }

    private static final Kind CIFAR_10 = new Kind(
            "CIFAR-10",
            10,
            1,
            "batches.meta.txt",
            List.of(
                    "data_batch_1.bin",
                    "data_batch_2.bin",
                    "data_batch_3.bin",
                    "data_batch_4.bin",
                    "data_batch_5.bin"));
    /** Its first label is coarse, the second fine. */
    private static final Kind CIFAR_100 = new Kind("CIFAR-100", 100, 2, "fine_label_names.txt", List.of("train.bin"));

    private static final List<Kind> KINDS = List.of(CIFAR_10, CIFAR_100);

    /** The files that matter: the others of an archive are passed over. */
    private static final List<String> KNOWN = KINDS.stream()
            .flatMap(kind -> Stream.concat(Stream.of(kind.names), kind.training.stream()))
            .toList();

    private interface Visitor {
        void visit(String name, long size, InputStream in) throws IOException;
    }

    /**
     * What a path was found to hold.
     *
     * @param parts the files of pictures
     * @param classes the classes' names; none if they are not told
     */
    private record Contents(Kind kind, Layout layout, List<String> parts, List<String> classes) {}

    private final Path path;

    private @Nullable Contents contents;

    private Cifar(Path path) {
        this.path = path;
    }

    /**
     * Opens a folder, a {@code .tar.gz} or a {@code .bin} file: its first bytes tell which, not its name. What is wrong with
     * an archive shows when its pictures are counted or read: to look into it takes a second, which a training whose pictures
     * are decoded already need not wait.
     */
    static Source open(Path path) {
        Cifar source = new Cifar(path);
        if (!isArchive(path)) {
            source.contents();
        }
        return source;
    }

    private Contents contents() {
        Contents known = contents;
        if (known == null) {
            known = look(path);
            contents = known;
        }
        return known;
    }

    private static Contents look(Path path) {
        Map<String, Long> sizes = new TreeMap<>();
        Map<String, String> names = new HashMap<>();
        visit(path, (name, size, in) -> {
            if (name.endsWith(".txt") && !name.equals(Input.name(path))) {
                names.put(name, new String(in.readNBytes(NAMES_MOST), StandardCharsets.UTF_8));
            } else if (sizes.put(name, size) != null) {
                throw new UserError("'" + path + "' holds " + name + " twice: download it again.");
            }
        });
        if (isOneFile(path) && sizes.isEmpty()) {
            throw new UserError("'" + path + "' is not a plain file: give the binary version's archive.");
        }
        Kind kind = isOneFile(path) ? kindByLength(sizes) : kindByNames(path, sizes);
        if (!isOneFile(path)) {
            sizes.keySet().retainAll(kind.training);
        }
        long count = 0;
        for (Map.Entry<String, Long> part : sizes.entrySet()) {
            if (part.getValue() == 0 || part.getValue() % kind.row() != 0) {
                throw wrongLength(path, kind, part.getKey(), part.getValue());
            }
            count += part.getValue() / kind.row();
        }
        return new Contents(
                kind,
                new Layout(count, List.of(3, 32, 32)),
                List.copyOf(sizes.keySet()),
                classes(path, kind, names.get(kind.names)));
    }

    /** CIFAR-100 if only its rows fit; a length that neither fits is complained of later. */
    private static Kind kindByLength(Map<String, Long> sizes) {
        long size = sizes.values().iterator().next();
        return size % CIFAR_10.row() != 0 && size % CIFAR_100.row() == 0 ? CIFAR_100 : CIFAR_10;
    }

    private static Kind kindByNames(Path path, Map<String, Long> sizes) {
        for (Kind kind : KINDS) {
            List<String> missing = kind.training.stream()
                    .filter(name -> !sizes.containsKey(name))
                    .toList();
            if (missing.isEmpty()) {
                return kind;
            }
            if (missing.size() < kind.training.size()) {
                throw new UserError("'" + path + "' lacks " + String.join(", ", missing) + " of " + kind.title
                        + ": download it again, or name one of its .bin files.");
            }
        }
        throw new UserError("'" + path + "' holds neither data_batch_1.bin to data_batch_5.bin (CIFAR-10) nor train.bin"
                + " (CIFAR-100): give the binary version's archive, or the folder that it unpacks to.");
    }

    private static UserError wrongLength(Path path, Kind kind, String name, long size) {
        return new UserError("'" + path + "': " + name + " has " + size + " bytes, which is not a multiple of the "
                + kind.row() + " that a picture of " + kind.title + " takes with its label: download it again.");
    }

    private static List<String> classes(Path path, Kind kind, @Nullable String lines) {
        if (lines == null) {
            return List.of();
        }
        List<String> classes =
                lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (classes.size() != kind.classes) {
            throw new UserError("'" + path + "': " + kind.names + " names " + classes.size() + " classes; " + kind.title
                    + " has " + kind.classes + ": download it again.");
        }
        return classes;
    }

    @Override
    public String name() {
        return Input.name(path);
    }

    @Override
    public long count() {
        return contents().layout.count();
    }

    @Override
    public void identify(Consumer<String> parts) {
        if (Files.isDirectory(path)) {
            contents().parts.forEach(part -> Input.identify(path.resolve(part), parts));
        } else {
            Input.identify(path, parts);
        }
        if (!isArchive(path)) { // whose names of classes are in it
            parts.accept(String.join("\n", contents().classes));
        }
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        Contents known = contents();
        visit(path, (name, size, in) -> {
            if (known.parts.contains(name)) {
                read(known, name, in, consumer);
            }
        });
    }

    private void read(Contents known, String part, InputStream in, Consumer<Item> consumer) throws IOException {
        Kind kind = known.kind;
        String folder = part.replaceFirst("\\.bin$", "") + "/";
        byte[] row = in.readNBytes(kind.row());
        for (long i = 0; row.length > 0; i++) {
            if (row.length < kind.row()) {
                throw wrongLength(path, kind, part, i * kind.row() + row.length);
            }
            int label = row[kind.labels - 1] & 255;
            if (label >= kind.classes) {
                throw new UserError("'" + path + "': picture " + i + " of " + part + " has the class " + label + "; "
                        + kind.title + " has " + kind.classes + ": is it its binary version?");
            }
            byte[] pixels = Arrays.copyOfRange(row, kind.labels, row.length);
            String name = known.classes.isEmpty() ? String.valueOf(label) : known.classes.get(label);
            consumer.accept(new ArrayItem(folder + i, name, known.layout, pixels, true));
            row = in.readNBytes(kind.row());
        }
    }

    private static boolean isOneFile(Path path) {
        return !Files.isDirectory(path) && !isArchive(path);
    }

    private static boolean isArchive(Path path) {
        boolean tar = Input.name(path).toLowerCase(Locale.ROOT).endsWith(".tar");
        return !Files.isDirectory(path) && (tar || isGzip(path));
    }

    private static boolean isGzip(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b; // more than any label of a .bin file
        } catch (IOException e) {
            throw Input.unreadable(path, e);
        }
    }

    /** Shows the files that matter, one after the other. */
    private static void visit(Path path, Visitor visitor) {
        try {
            if (Files.isDirectory(path)) {
                for (String name : KNOWN) {
                    visitFile(path.resolve(name), visitor);
                }
            } else if (isArchive(path)) {
                visitArchive(path, visitor);
            } else {
                visitFile(path, visitor);
                for (Kind kind : KINDS) {
                    visitFile(path.resolveSibling(kind.names), visitor);
                }
            }
        } catch (IOException e) {
            throw Input.unreadable(path, e);
        }
    }

    private static void visitFile(Path file, Visitor visitor) throws IOException {
        if (Files.isRegularFile(file)) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                visitor.visit(Input.name(file), Files.size(file), in);
            }
        }
    }

    private static void visitArchive(Path archive, Visitor visitor) throws IOException {
        try (Allowance bytes = new Allowance(Input.open(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
            TarArchiveEntry entry = bytes.next(tar);
            while (entry != null) {
                if (entry.isSparse()) {
                    throw new IOException("it has a sparse entry"); // whose zeros need no bytes, and may never end
                }
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && KNOWN.contains(name)) {
                    visitor.visit(name, entry.getSize(), tar);
                }
                tar.transferTo(OutputStream.nullOutputStream()); // so that a cut is noticed
                entry = bytes.next(tar);
            }
            bytes.transferTo(OutputStream.nullOutputStream()); // gzip's checksum comes last
        }
    }
}
