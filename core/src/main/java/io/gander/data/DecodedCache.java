package io.gander.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gander.error.BrokenExample;
import io.gander.error.UserError;
import io.gander.file.CacheFolder;
import io.gander.file.Disk;
import io.gander.file.Faults;
import io.gander.file.Sha256;
import io.gander.file.WholeFile;
import io.gander.modality.Codec;
import io.gander.source.Item;
import io.gander.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Decodes a source once, on all cores, into a file beside other caches: every example as the same number of bytes, one behind
 * the other. The file's name is made from what the source says of itself and from the codec, so that changed data or
 * another size is another file. The folder may be deleted at any time.
 */
final class DecodedCache {
    /** Counted up when the same source and codec would give other bytes than before. */
    private static final int VERSION = 4;

    /** A mapping can span 2 GB at most. */
    private static final long SEGMENT = 1L << 30;

    /** How many broken examples are remembered by name. */
    private static final int REMEMBERED = 1000;

    /** What a file says of itself, in the JSON beside it. */
    record Index(
            String name,
            long examples,
            int bytes,
            int parts,
            String sha256,
            List<String> labels,
            long broken,
            List<Broken> brokenOnes) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Source source;
    private final Codec codec;
    private final DataListener listener;
    private final BooleanSupplier stop;
    private final Path examples;
    private final Path index;

    private DecodedCache(
            String name, Source source, String place, Codec codec, DataListener listener, BooleanSupplier stop) {
        this.name = name;
        this.source = source;
        this.codec = codec;
        this.listener = listener;
        this.stop = stop;
        String key = key(name, source, place, codec);
        Path folder = CacheFolder.of("decoded");
        this.examples = folder.resolve(key + ".bin");
        this.index = folder.resolve(key + ".json");
    }

    /**
     * Opens the decoded examples of a source; decodes them first if that was not done yet.
     *
     * @param name what the log calls the set
     * @param place where the source lies: two places never share a file
     * @param stop asked while decoding; true gives up with a CancellationException
     */
    static Decoded open(
            String name, Source source, String place, Codec codec, DataListener listener, BooleanSupplier stop) {
        DecodedCache cache = new DecodedCache(name, source, place, codec, listener, stop);
        try {
            if (Files.exists(cache.index)) {
                try {
                    return cache.map();
                } catch (IOException e) { // somebody cut it off or emptied it; what can be made again is no loss
                    listener.onWarning("decoded data were damaged (" + Faults.why(e) + "): decoding again.");
                }
            }
            cache.build();
            return cache.map();
        } catch (IOException e) {
            throw new UserError(
                    "cannot keep decoded data as " + cache.examples + " "
                            + Faults.writing(cache.examples, e, "or " + CacheFolder.OTHERWISE),
                    e);
        }
    }

    private Decoded map() throws IOException {
        Index facts;
        try {
            facts = JSON.readValue(index.toFile(), Index.class);
        } catch (JsonProcessingException e) { // whose messages are long
            throw new IOException(index.getFileName() + " is not an index", e);
        }
        return Decoded.map(examples, facts, codec, SEGMENT);
    }

    private static String key(String name, Source source, String place, Codec codec) {
        MessageDigest digest = Sha256.digest();
        add(digest, VERSION + " " + name + " " + codec.storage());
        add(digest, place);
        source.identify(part -> add(digest, part));
        return Sha256.hex(digest).substring(0, 32);
    }

    /** Length first, so that no two lists of parts look the same. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private void build() throws IOException {
        Disk.require(
                examples,
                source.count() * codec.parts() * codec.bytes(), // negative where the count is not known
                "the decoded data of " + name,
                CacheFolder.OTHERWISE);
        Index[] facts = new Index[1];
        WholeFile.write(examples, beside -> {
            try (FileChannel file = FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
                facts[0] = new Build(file).run();
                file.force(false);
            }
        });
        WholeFile.write(index, JSON.writeValueAsBytes(facts[0]));
    }

    /** One decoding into a file. */
    private final class Build {
        private final FileChannel file;
        private final Map<String, Integer> labels = new LinkedHashMap<>();
        private final TreeMap<Integer, Broken> broken = new TreeMap<>();
        private final Slots slots = new Slots();
        private long brokenCount;

        Build(FileChannel file) {
            this.file = file;
        }

        Index run() throws IOException {
            int examples = Workers.run(source, this::label, this::decode, listener, stop);
            if (examples == 0) {
                throw Datasets.none(source);
            }
            List<String> sorted = sortLabels();
            slots.write(file, (long) examples * itemBytes());
            return new Index(
                    name,
                    examples,
                    codec.bytes(),
                    codec.parts(),
                    Decoded.fingerprint(file, slots, itemBytes(), stop),
                    sorted,
                    brokenCount,
                    List.copyOf(broken.values()));
        }

        /** Classes get their numbers by their names, whatever the order of the examples: 2 before 10, a before b. */
        private List<String> sortLabels() {
            List<String> sorted = new ArrayList<>(labels.keySet());
            sorted.sort(
                    Comparator.comparingInt((String name) -> name.matches("\\d+") ? name.length() : Integer.MAX_VALUE)
                            .thenComparing(Comparator.naturalOrder()));
            int[] places = new int[sorted.size()];
            for (int i = 0; i < places.length; i++) {
                places[labels.getOrDefault(sorted.get(i), 0)] = i;
            }
            slots.renumber(places);
            return List.copyOf(sorted);
        }

        private int itemBytes() {
            return codec.parts() * codec.bytes();
        }

        private void label(Item item, int slot) {
            if (slot > Integer.MAX_VALUE - 16) {
                throw UserError.about("data.path", "more than 2 billion examples; give fewer.");
            }
            String label = item.label();
            slots.add(label == null ? Slots.NO_LABEL : labels.computeIfAbsent(label, name -> labels.size()));
        }

        private void decode(Item item, int slot) throws IOException {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(codec.encode(item.contents()));
                long place = (long) slot * itemBytes();
                while (bytes.hasRemaining()) {
                    place += file.write(bytes, place);
                }
            } catch (BrokenExample e) {
                leaveOut(item, slot, e);
            }
        }

        private synchronized void leaveOut(Item item, int slot, BrokenExample e) {
            slots.leaveOut(slot);
            brokenCount++;
            broken.put(slot, Broken.of(item, e));
            if (broken.size() > REMEMBERED) { // the first ones, whatever the order in which the threads came by
                broken.pollLastEntry();
            }
        }
    }
}
