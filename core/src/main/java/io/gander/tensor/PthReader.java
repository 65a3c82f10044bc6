package io.gander.tensor;

import io.gander.error.UserError;
import io.gander.file.Faults;
import io.gander.tensor.Safetensors.Array;
import io.gander.tensor.StateObjects.Parameter;
import io.gander.tensor.StateObjects.Refusal;
import io.gander.tensor.StateObjects.Storage;
import io.gander.tensor.StateObjects.View;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads a state dict of float32 arrays in the format that PyTorch wrote before version 1.6: five pickles (a magic number, a
 * version, the machine, the dictionary, the keys of the storages), then each storage: its length and its floats. Nothing in
 * a file is run. Format: PyTorch's serialization.py, _legacy_save.
 */
public final class PthReader {
    private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
    private static final long VERSION = 1001;

    /** The pickles lie within so many bytes; those of a network of hundreds of layers take a tenth. */
    private static final int DESCRIPTION = 1 << 20;

    private static final int CHUNK = 1 << 20;
    private static final int ZIP = 0x04034b50;

    private final Path file;
    private final FileChannel channel;
    private final long size;

    private PthReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /**
     * The arrays whose names are wanted, in the file's order. Never takes more memory than a few times the file's size.
     *
     * @throws UserError if the file is missing, cut short, or holds anything but a state dict of float32 arrays
     */
    public static Map<String, Array> read(Path file, Predicate<String> wanted) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new PthReader(file, channel).arrays(wanted);
        } catch (Refusal e) {
            throw refused(file, String.valueOf(e.getMessage()));
        } catch (BufferUnderflowException e) {
            throw refused(file, "it is cut short");
        } catch (IOException e) {
            throw Faults.cannotRead(file, e);
        }
    }

    private static UserError refused(Path file, String why) {
        return new UserError(file + " is not a state dict that Gander can read: " + why
                + "; get it again, or save it with torch.save(state_dict, file,"
                + " _use_new_zipfile_serialization=False).");
    }

    private Map<String, Array> arrays(Predicate<String> wanted) throws IOException {
        ByteBuffer head = bytes(0, (int) Math.min(size, DESCRIPTION));
        if (size >= Integer.BYTES && head.getInt(0) == ZIP) {
            throw new Refusal("it is in PyTorch's newer format, a zip archive");
        }
        if (size == 0 || head.get(0) != (byte) 0x80 || !MAGIC.equals(Unpickler.next(head))) {
            throw new Refusal("it does not begin as PyTorch's files do");
        }
        if (StateObjects.number(Unpickler.next(head)) != VERSION) {
            throw new Refusal("it is of another version of the format");
        }
        if (!Boolean.TRUE.equals(
                StateObjects.as(Map.class, Unpickler.next(head)).get("little_endian"))) {
            throw new Refusal("its numbers are big-endian");
        }
        Map<String, View> views = views(StateObjects.as(Map.class, Unpickler.next(head)), wanted);
        List<?> keys = StateObjects.as(List.class, Unpickler.next(head));
        Map<String, Long> places = places(keys, head.position());
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (Map.Entry<String, View> view : views.entrySet()) {
            arrays.put(view.getKey(), array(view.getValue(), places));
        }
        return arrays;
    }

    private Map<String, View> views(Map<?, ?> dictionary, Predicate<String> wanted) {
        Map<String, View> views = new LinkedHashMap<>();
        long room = size;
        for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
            String name = StateObjects.as(String.class, entry.getKey());
            View view = entry.getValue() instanceof Parameter parameter
                    ? parameter.view()
                    : StateObjects.as(View.class, entry.getValue());
            if (wanted.test(name)) {
                views.put(name, view);
                room -= Math.min(room + 1, Float.BYTES * count(view)); // a storage may be seen by many
                if (room < 0) {
                    throw new Refusal("its arrays are longer than the file");
                }
            }
        }
        return views;
    }

    /** The number of elements of a view, which is checked. */
    private static long count(View view) {
        long count = 1;
        for (int i = view.sizes().length - 1; i >= 0; i--) {
            long length = view.sizes()[i];
            boolean inOrder =
                    view.strides().length == view.sizes().length && (length == 1 || view.strides()[i] == count);
            if (!inOrder) {
                throw new Refusal("it holds an array whose rows do not lie one behind the other");
            }
            count = length > Integer.MAX_VALUE ? Long.MAX_VALUE : count * length;
            if (count > Integer.MAX_VALUE / Float.BYTES) {
                throw new Refusal("it holds an array whose shape is not possible");
            }
        }
        if (count + view.offset() > view.storage().count()) {
            throw new Refusal("it holds an array that reaches beyond its numbers");
        }
        return count;
    }

    /** Where the floats of each storage begin. */
    private Map<String, Long> places(List<?> keys, long from) throws IOException {
        Map<String, Long> places = new HashMap<>();
        long place = from;
        for (Object key : keys) {
            if (place + Long.BYTES > size) {
                throw new BufferUnderflowException();
            }
            long count = bytes(place, Long.BYTES).getLong();
            place += Long.BYTES;
            if (count < 0 || count > (size - place) / Float.BYTES) {
                throw new BufferUnderflowException();
            }
            places.put(StateObjects.as(String.class, key), place);
            place += count * Float.BYTES;
        }
        if (place != size) {
            throw new Refusal("bytes follow that belong to no array");
        }
        return places;
    }

    private Array array(View view, Map<String, Long> places) throws IOException {
        Storage storage = view.storage();
        Long place = places.get(storage.key());
        if (place == null || bytes(place - Long.BYTES, Long.BYTES).getLong() != storage.count()) {
            throw new Refusal("it lacks the numbers of an array");
        }
        float[] values = new float[(int) count(view)];
        long from = place + view.offset() * Float.BYTES;
        for (int done = 0; done < values.length; done += CHUNK) {
            int length = Math.min(CHUNK, values.length - done);
            bytes(from + (long) done * Float.BYTES, length * Float.BYTES)
                    .asFloatBuffer()
                    .get(values, done, length);
        }
        return new Array(view.sizes(), values);
    }

    private ByteBuffer bytes(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("the file " + file.getFileName() + " ends early");
            }
        }
        return bytes.flip();
    }
}
