package io.gander.source;

import io.gander.error.UserError;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in an IDX file (LeCun, Cortes and Burges's format of MNIST), plain or gzipped: unsigned bytes, in three
 * dimensions (count, rows, columns), or in four with the channels last or second. Labels are bytes in a file of their own.
 */
final class Idx implements Source {
    private static final int UNSIGNED_BYTES = 0x08;
    private static final Pattern IMAGES = Pattern.compile("(.*)images([-.])idx[34](-ubyte)(\\.gz)?");

    private interface Bytes {
        InputStream open() throws IOException;
    }

    private interface Labels {
        @Nullable
        String of(long index);
    }

    /** One file of the two: what errors call it, and its bytes, unzipped. */
    private record Part(String name, Bytes bytes) {
        /** Reads the header: the array's sizes. */
        List<Long> sizes(InputStream in) throws IOException {
            DataInputStream header = new DataInputStream(in);
            byte[] magic = header.readNBytes(4); // 0, 0, the type of the numbers, how many dimensions
            if (magic.length < 4 || magic[0] != 0 || magic[1] != 0) {
                throw new UserError("'" + name + "' is not an IDX file: it does not start with two bytes of 0.");
            }
            if (magic[2] != UNSIGNED_BYTES) {
                throw new UserError("'" + name + "' holds numbers of type " + (magic[2] & 255)
                        + "; only unsigned bytes (type 8) are pictures or labels here.");
            }
            List<Long> sizes = new ArrayList<>();
            for (int i = 0; i < (magic[3] & 255); i++) {
                sizes.add(Integer.toUnsignedLong(header.readInt()));
            }
            return sizes;
        }

        void checkEnd(InputStream in, long count) throws IOException {
            if (in.read() >= 0) {
                throw new UserError("'" + name + "' goes on after the " + count
                        + " examples that its header promises: copy or download it again.");
            }
        }

        UserError cutOff(long index, long count) {
            return new UserError("'" + name + "' ends after " + index + " examples; its header promises " + count
                    + ": copy or download it again.");
        }
    }

    private final String name;
    private final Part images;
    private final @Nullable Part labels;
    private final List<Path> files;
    private final Layout layout;

    private Idx(String name, Part images, @Nullable Part labels, List<Path> files, Wanted wanted) {
        this.name = name;
        this.images = images;
        this.labels = labels;
        this.files = files;
        this.layout = layout(images, wanted);
        if (labels != null) {
            checkLabels(labels, layout.count());
        }
    }

    /** A file of pictures, with the labels that lie beside it under the usual name, if any. */
    static Source open(Path images, Wanted wanted) {
        List<Path> files = new ArrayList<>(List.of(images));
        Part labels = null;
        Path partner = partner(images);
        if (partner != null) {
            files.add(partner);
            labels = part(partner);
        }
        return new Idx(Input.name(images), part(images), labels, files, wanted);
    }

    /** The same from streams, plain or gzipped, that can be opened again and again. */
    static Source of(String name, Supplier<InputStream> images, Supplier<InputStream> labels, Wanted wanted) {
        return new Idx(
                name,
                new Part(name, () -> Input.unzipped(images.get())),
                new Part(name + "'s labels", () -> Input.unzipped(labels.get())),
                List.of(),
                wanted);
    }

    private static Part part(Path file) {
        return new Part(file.toString(), () -> Input.open(file));
    }

    /** train-images-idx3-ubyte.gz → train-labels-idx1-ubyte[.gz], with a hyphen or a full stop before idx. */
    private static @Nullable Path partner(Path images) {
        Matcher parts = IMAGES.matcher(Input.name(images));
        if (!parts.matches()) {
            return null;
        }
        for (String mark : List.of(parts.group(2), parts.group(2).equals("-") ? "." : "-")) {
            for (String ending : List.of("", ".gz")) {
                Path labels =
                        images.resolveSibling(parts.group(1) + "labels" + mark + "idx1" + parts.group(3) + ending);
                if (Files.exists(labels)) {
                    return labels;
                }
            }
        }
        return null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long count() {
        return layout.count();
    }

    @Override
    public void identify(Consumer<String> parts) {
        parts.accept(name);
        parts.accept(layout.count() + "×" + layout);
        files.forEach(file -> Input.identify(file, parts));
    }

    private static Layout layout(Part images, Wanted wanted) {
        try (InputStream in = images.bytes.open()) {
            List<Long> sizes = images.sizes(in);
            Layout layout = Layout.of(sizes, wanted);
            if (layout == null) {
                throw new UserError("'" + images.name + "' holds an array of " + Layout.text(sizes) + ", not "
                        + wanted.things() + ": " + wanted.shapes() + ", of at most 64 MB each, are wanted.");
            }
            return layout;
        } catch (IOException e) {
            throw Input.unreadable(images.name, e);
        }
    }

    private static void checkLabels(Part labels, long count) {
        try (InputStream in = labels.bytes.open()) {
            List<Long> sizes = labels.sizes(in);
            if (!sizes.equals(List.of(count))) {
                throw new UserError(
                        "'" + labels.name + "' holds an array of " + Layout.text(sizes) + ", not a label for "
                                + "each of the " + count + " examples: do the two files belong together?");
            }
        } catch (IOException e) {
            throw Input.unreadable(labels.name, e);
        }
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        if (labels == null) {
            read(index -> null, consumer);
            return;
        }
        try (InputStream in = labels.bytes.open()) {
            labels.sizes(in);
            read(index -> label(labels, in, index), consumer);
            labels.checkEnd(in, layout.count());
        } catch (IOException e) {
            throw Input.unreadable(labels.name, e);
        }
    }

    private void read(Labels labels, Consumer<Item> consumer) {
        try (InputStream in = images.bytes.open()) {
            images.sizes(in);
            for (long i = 0; i < layout.count(); i++) {
                byte[] values = in.readNBytes(layout.values()); // grows with what is there, not with what is promised
                if (values.length < layout.values()) {
                    throw images.cutOff(i, layout.count());
                }
                consumer.accept(new ArrayItem(String.valueOf(i), labels.of(i), layout, values, false));
            }
            images.checkEnd(in, layout.count());
        } catch (IOException e) {
            throw Input.unreadable(images.name, e);
        }
    }

    private String label(Part labels, InputStream in, long index) {
        try {
            int label = in.read();
            if (label < 0) {
                throw labels.cutOff(index, layout.count());
            }
            return String.valueOf(label);
        } catch (IOException e) {
            throw Input.unreadable(labels.name, e);
        }
    }
}
