package io.gander.source;

import io.gander.error.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Examples in an array of NumPy's, a {@code .npy}, perhaps gzipped, or one of a {@code .npz}: (count, …). Bytes are taken as they are, of booleans true is 255, and floats are scaled by
 * the range of the whole array, for which it is read twice: 0…1, −1…1 or 0…255.
 */
final class Numpy implements Source {
    private static final List<String> IMAGES = List.of("images", "x", "x_train", "train_images", "arr_0");
    private static final List<String> LABELS = List.of("labels", "y", "y_train", "train_labels", "arr_1");
    private static final Set<String> PIXELS = Set.of("u1", "b1", "f4", "f8");
    private static final Set<String> WHOLE = Set.of("u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8");
    private static final int LISTED = 20; // arrays that a message names

    /** Floats beyond a range by less than this, a quarter of a byte's step, come from rounding. */
    private static final double ROUNDING = 0.001;

    /** An array, and its bytes as far as the file says so, else −1. */
    private record Named(String name, NumpyHeader header, long bytes) {
        int size() {
            int units = Integer.parseInt(header.type().substring(1));
            return isText() && header.type().startsWith("U") ? Integer.BYTES * units : units;
        }

        /** Whether it holds words: U of so many characters in UTF-32, S of so many bytes. */
        boolean isText() {
            return header.type().matches("[US][1-9][0-9]{0,2}");
        }
    }

    /** What a float must be multiplied by, after adding, to become a byte. */
    private record Scale(double add, double multiply) {}

    private final Path file;
    private final Named images;
    private final Layout layout;
    private final @Nullable Named labels;

    private Numpy(Path file, Named images, Layout layout, @Nullable Named labels) {
        this.file = file;
        this.images = images;
        this.layout = layout;
        this.labels = labels;
    }

    static Source open(Path file, Wanted wanted) {
        try (NumpyFile arrays = NumpyFile.open(file)) {
            Map<String, Named> all = new LinkedHashMap<>();
            for (Map.Entry<String, Long> array : arrays.arrays().entrySet()) {
                try (InputStream in = arrays.array(array.getKey())) {
                    all.put(array.getKey(), new Named(array.getKey(), NumpyHeader.read(in), array.getValue()));
                }
            }
            Named images = examples(file, all, wanted);
            Layout layout = layout(file, images, wanted);
            return new Numpy(file, images, layout, labels(file, all, layout.count()));
        } catch (IOException e) {
            throw Input.unreadable(file, e);
        }
    }

    /** The only array that may be one of pictures, else the first of the usual names. */
    private static Named examples(Path file, Map<String, Named> all, Wanted wanted) {
        List<Named> possible = all.values().stream()
                .filter(array -> all.size() == 1 || Layout.of(array.header.shape(), wanted) != null)
                .toList();
        if (possible.size() == 1) {
            return possible.get(0);
        }
        for (String name : IMAGES) {
            Named array = all.get(name);
            if (array != null) {
                return array;
            }
        }
        throw new UserError("'" + file + "' holds " + (possible.isEmpty() ? "no array" : possible.size() + " arrays")
                + " that may be " + wanted.things() + ", and none is named " + String.join(", ", IMAGES) + "; it holds "
                + list(all) + ": save the " + wanted.things() + " as 'images'.");
    }

    private static String list(Map<String, Named> all) {
        List<String> names = all.values().stream()
                .limit(LISTED)
                .map(array -> array.name + " (" + Layout.text(array.header.shape()) + ")")
                .toList();
        return names.isEmpty()
                ? "no array at all"
                : String.join(", ", names) + (all.size() > LISTED ? " and " + (all.size() - LISTED) + " more" : "");
    }

    private static Layout layout(Path file, Named images, Wanted wanted) {
        String where = where(file, images);
        NumpyHeader header = images.header;
        if (header.type().startsWith("O")) {
            throw new UserError(
                    where + "it holds Python objects, a pickle, which is never opened here since it could run"
                            + " code; save " + wanted.things() + " of one size as an array of uint8.");
        }
        if (!PIXELS.contains(header.type())) {
            throw new UserError(where + "numbers of the type " + header.type()
                    + " are not read here; save it by astype('uint8') (0 to 255) or astype('float32') (0 to 1).");
        }
        if (header.shape().contains(0L)) {
            throw new UserError(where + "it is empty: its shape is " + Layout.text(header.shape()) + ".");
        }
        Layout layout = Layout.of(header.shape(), wanted);
        if (layout == null || (long) layout.values() * images.size() > Layout.MOST) {
            throw new UserError(
                    where + "the shape " + Layout.text(header.shape()) + " is none of " + wanted.things() + ": "
                            + wanted.shapes() + ", of at most 64 MB each, are wanted; "
                            + "numpy.reshape may help, or another data.kind.");
        }
        if (header.fortran()) {
            throw new UserError(where + "it is in Fortran's order; save numpy.ascontiguousarray(array) instead.");
        }
        long whole = header.bytes() + layout.count() * layout.values() * images.size();
        if (images.bytes >= 0 && images.bytes != whole) {
            throw new UserError(where + "it has " + images.bytes + " bytes, but " + layout.count() + " "
                    + wanted.things() + " of " + layout + " take " + whole + ": copy or save it again.");
        }
        return layout;
    }

    private static String where(Path file, Named array) {
        return "'" + file + "'" + (array.name.isEmpty() ? "" : ", array " + array.name) + ": ";
    }

    /** The first array of whole numbers or words by one of the usual names, or by one that ends as they do; null if there is none. */
    private static @Nullable Named labels(Path file, Map<String, Named> all, long count) {
        for (String name : LABELS) {
            Named array = all.get(name);
            if (array != null && array.header.type().startsWith("O")) {
                throw new UserError(where(file, array) + "it holds Python objects, a pickle, which is never opened here"
                        + " since it could run code; save " + name + ".astype(str).");
            }
            if (array != null && isList(array)) {
                if (array.header.shape().get(0) != count) {
                    throw new UserError("'" + file + "' holds " + count + " examples, but " + name + " has "
                            + array.header.shape().get(0) + " labels: save one for each.");
                }
                return array;
            }
        }
        return all.values().stream()
                .filter(array -> array.name.endsWith("_label") || array.name.endsWith("_labels"))
                .filter(array -> isList(array) && array.header.shape().get(0) == count)
                .findFirst()
                .orElse(null);
    }

    private static boolean isList(Named array) {
        List<Long> shape = array.header.shape();
        return (array.isText() || WHOLE.contains(array.header.type()))
                && (shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1));
    }

    @Override
    public String name() {
        return Input.name(file);
    }

    @Override
    public long count() {
        return layout.count();
    }

    @Override
    public void identify(Consumer<String> parts) {
        Input.identify(file, parts);
        parts.accept(images.name);
    }

    @Override
    public void forEach(Consumer<Item> consumer) {
        try (NumpyFile arrays = NumpyFile.open(file);
                InputStream in = start(arrays, images);
                InputStream numbers = labels == null ? InputStream.nullInputStream() : start(arrays, labels)) {
            Scale scale = scale(arrays);
            boolean scaled = !images.header.type().equals("u1");
            String folder = images.name.isEmpty() ? "" : images.name + "/";
            for (long i = 0; i < layout.count(); i++) {
                byte[] values = values(next(in, i), scale);
                String label = labels == null ? null : label(numbers, labels, i);
                consumer.accept(new ArrayItem(folder + i, label, layout, values, scaled));
            }
        } catch (IOException e) {
            throw Input.unreadable(file, e);
        }
    }

    private static InputStream start(NumpyFile arrays, Named array) throws IOException {
        InputStream in = arrays.array(array.name);
        in.skipNBytes(array.header.bytes());
        return in;
    }

    /** One example as it is stored. */
    private byte[] next(InputStream in, long index) throws IOException {
        int length = layout.values() * images.size();
        byte[] stored = in.readNBytes(length); // grows with what is there, not with what is promised
        if (stored.length < length) {
            throw cutOff(images, index, layout.count());
        }
        return stored;
    }

    private UserError cutOff(Named array, long index, long count) {
        return new UserError(where(file, array) + "it ends after " + index + " examples; its header promises " + count
                + ": copy or save it again.");
    }

    private String label(InputStream in, Named labels, long index) throws IOException {
        byte[] number = in.readNBytes(labels.size());
        if (number.length < labels.size()) {
            throw cutOff(labels, index, layout.count());
        }
        if (labels.isText()) {
            boolean wide = labels.header.type().startsWith("U");
            String charset = wide ? (labels.header.bigEndian() ? "UTF-32BE" : "UTF-32LE") : "UTF-8";
            return new String(number, Charset.forName(charset))
                    .replaceFirst("\0+$", "")
                    .strip();
        }
        boolean signed = labels.header.type().startsWith("i");
        long value = signed && number[labels.header.bigEndian() ? 0 : number.length - 1] < 0 ? -1 : 0;
        for (int i = 0; i < number.length; i++) {
            value = value << 8 | (number[labels.header.bigEndian() ? i : number.length - 1 - i] & 255);
        }
        return signed ? Long.toString(value) : Long.toUnsignedString(value);
    }

    /** By the range of all floats; of other types nothing is read. */
    private Scale scale(NumpyFile arrays) throws IOException {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        if (!images.header.type().startsWith("f")) {
            return new Scale(0, 1);
        }
        try (InputStream in = start(arrays, images)) {
            for (long i = 0; i < layout.count(); i++) {
                ByteBuffer stored = buffer(next(in, i));
                while (stored.hasRemaining()) {
                    double value = number(stored);
                    if (!Double.isFinite(value)) {
                        throw new UserError("'" + file + "': example " + i + " holds " + value
                                + ", which is not a brightness; see numpy.nan_to_num.");
                    }
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        if (least >= -ROUNDING && most <= 1 + ROUNDING) {
            return new Scale(0, 255);
        }
        if (least >= -1 - ROUNDING && most <= 1 + ROUNDING) {
            return new Scale(1, 127.5);
        }
        if (least >= -ROUNDING && most > 2 && most <= 255 + ROUNDING) { // up to 2 it may be 0…1 that was overshot
            return new Scale(0, 1);
        }
        throw new UserError("'" + file + "': its floats go from " + least + " to " + most
                + "; 0 to 1, -1 to 1 and 0 to 255 are known: scale or clip them to one of these.");
    }

    private ByteBuffer buffer(byte[] stored) {
        return ByteBuffer.wrap(stored)
                .order(images.header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private double number(ByteBuffer stored) {
        return images.size() == Float.BYTES ? stored.getFloat() : stored.getDouble();
    }

    private byte[] values(byte[] stored, Scale scale) {
        switch (images.header.type()) {
            case "u1" -> {
                return stored;
            }
            case "b1" -> {
                for (int i = 0; i < stored.length; i++) {
                    stored[i] = (byte) (stored[i] == 0 ? 0 : 255);
                }
                return stored;
            }
            default -> {
                byte[] values = new byte[layout.values()];
                ByteBuffer numbers = buffer(stored);
                for (int i = 0; i < values.length; i++) {
                    long value = Math.round((number(numbers) + scale.add) * scale.multiply);
                    values[i] = (byte) Math.max(0, Math.min(255, value));
                }
                return values;
            }
        }
    }
}
